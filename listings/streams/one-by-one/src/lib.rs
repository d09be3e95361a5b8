//! `then` polls one future at a time: a stream of calls in series.
//!
//! ```
//! use timeline::seconds;
//!
//! let (sums, run) = timeline::record(one_by_one::three_calls());
//!
//! assert_eq!(run.total(), seconds(15)); // not 8
//! assert_eq!([1, 2, 3].map(|call| run.call(call).start), [0, 5, 13].map(seconds));
//! let shown: Vec<_> = run.calls_of("show").map(|show| show.start).collect();
//! assert_eq!(shown, [5, 13, 15].map(seconds)); // each when it is there
//! assert_eq!(sums, [1, 2, 3].map(|call| run.returned::<u32>(call)));
//! run.assert_recorded();
//! ```

use std::{pin::pin, time::Duration};

use futures::{StreamExt, stream};
use tokio::time::sleep;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    let sums = three_calls().await;
    println!("the sums: {sums:?}");
}

/// Makes three calls, one after the other, and shows each result when it is there.
pub async fn three_calls() -> Vec<u32> {
    let calls = (1..).zip([5, 8, 2].map(Duration::from_secs));
    let mut results = pin!(stream::iter(calls).then(|(call, delay)| random_add(call, delay)));
    let mut sums = Vec::new();
    while let Some(sum) = results.next().await {
        sums.push(sum);
        show(sums.len(), sum);
    }
    sums
}

/// Shows the `n`th result.
#[instrument(ret, skip(sum))]
pub fn show(n: usize, sum: u32) {
    println!("result {n} is here: {sum}");
}

/// Waits for `delay`, draws five random numbers, prints them and returns their sum.
#[instrument(ret)]
pub async fn random_add(call: u32, delay: Duration) -> u32 {
    println!("call {call} starts");
    sleep(delay).await;
    let numbers: [u32; 5] = std::array::from_fn(|_| rand::random_range(1..=100));
    let sum = numbers.iter().sum();
    println!("call {call} returns: {numbers:?} add up to {sum}");
    sum
}
