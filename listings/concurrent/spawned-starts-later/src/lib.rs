//! On one thread, a spawned task is first polled when the one that spawned it is pending.
//!
//! ```
//! let ((), run) = timeline::record(spawned_starts_later::two_calls());
//!
//! let started: Vec<_> = run.calls().iter().filter_map(|call| call.id).collect();
//! assert_eq!(started, [2, 1]); // though call 1 was spawned before call 2 was made
//! assert_eq!([1, 2].map(|call| run.call(call).start), [timeline::seconds(0); 2]);
//! assert_eq!(run.total(), timeline::seconds(8));
//! run.assert_recorded();
//! ```

use std::time::Duration;

use tokio::time::sleep;
use tracing::instrument;

/// Runs the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    two_calls().await;
}

/// Spawns call 1, then awaits call 2.
pub async fn two_calls() {
    let first = tokio::spawn(random_add(1, Duration::from_secs(5)));
    random_add(2, Duration::from_secs(8)).await;
    first.await.unwrap();
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
