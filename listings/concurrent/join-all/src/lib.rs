//! A list of calls joined takes as long as its slowest.
//!
//! ```standalone_crate
//! let (_, run) = timeline::record(join_all::three_calls());
//!
//! assert_eq!(run.total(), timeline::seconds(8)); // not 15
//! assert_eq!(run.completion_order(), [3, 1, 2]);
//! run.assert_recorded();
//! ```

use std::time::Duration;

use futures::future::join_all;
use tokio::time::sleep;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    let sums = three_calls().await;
    println!("the sums, in the order of the calls: {sums:?}");
}

/// Makes the usual three calls.
pub async fn three_calls() -> Vec<u32> {
    calls(&[5, 8, 2].map(Duration::from_secs)).await
}

/// Makes a call for each delay and awaits them together.
pub async fn calls(delays: &[Duration]) -> Vec<u32> {
    join_all((1..).zip(delays).map(|(call, &delay)| random_add(call, delay))).await
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
