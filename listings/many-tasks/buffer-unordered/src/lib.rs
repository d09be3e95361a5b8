//! `buffer_unordered(2)` keeps two calls under way in one task, and yields whichever is done.
//!
//! ```standalone_crate
//! use timeline::seconds;
//!
//! let (sums, run) = timeline::record(buffer_unordered::three_calls());
//!
//! assert_eq!(run.total(), seconds(8));
//! assert_eq!(run.completion_order(), [1, 3, 2]);
//! assert_eq!([1, 2, 3].map(|call| run.call(call).start), [0, 0, 5].map(seconds));
//! assert!(run.calls().iter().all(|call| call.task.is_none())); // nothing was spawned
//!
//! let shows = run.calls_of("show");
//! assert!(shows.map(|show| show.start).eq([5, 7, 8].map(seconds)));
//! assert_eq!(sums, [1, 3, 2].map(|call| run.returned::<u32>(call))); // the order of completion
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

/// Makes three calls, two at a time, and shows each result as the stream yields it.
pub async fn three_calls() -> Vec<u32> {
    let delays = [5, 8, 2].map(Duration::from_secs);
    let calls = (1..).zip(delays).map(|(call, delay)| random_add(call, delay));
    let mut results = stream::iter(calls).buffer_unordered(2);
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
