//! While the body of the loop awaits, nobody polls the stream, and its calls stand still.
//!
//! ```
//! use timeline::seconds;
//!
//! let (_, run) = timeline::record(slow_body::three_calls());
//!
//! assert_eq!(run.call(3).start, seconds(11)); // there has been a place for it since 5
//! assert_eq!(run.call(2).polls, [0, 8].map(seconds)); // at 8, the first result has been shown
//! assert_eq!(run.total(), seconds(16));
//! run.assert_recorded();
//! ```

use std::time::Duration;

use futures::{StreamExt, stream};
use tokio::time::sleep;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    let sums = three_calls().await;
    println!("the sums, in the order in which they were shown: {sums:?}");
}

/// Makes three calls, two at a time, and takes three seconds over each result.
pub async fn three_calls() -> Vec<u32> {
    let delays = [5, 8, 2].map(Duration::from_secs);
    let calls = (1..).zip(delays).map(|(call, delay)| random_add(call, delay));
    let mut results = stream::iter(calls).buffer_unordered(2);
    let mut sums = Vec::new();
    while let Some(sum) = results.next().await {
        sums.push(sum);
        show(sums.len(), sum).await;
    }
    sums
}

/// Shows the `n`th result, for three seconds.
#[instrument(ret, skip(sum))]
pub async fn show(n: usize, sum: u32) {
    println!("result {n} is here: {sum}");
    sleep(Duration::from_secs(3)).await;
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
