//! A task that is awaited before the next is spawned runs alone.
//!
//! ```standalone_crate
//! let ((), run) = timeline::record(spawn_one_by_one::three_calls());
//!
//! assert_eq!(run.total(), timeline::seconds(5 + 8 + 2)); // not 8
//! assert_eq!(run.completion_order(), [1, 2, 3]);
//! run.assert_recorded();
//! ```

use std::time::Duration;

use tokio::time::sleep;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    three_calls().await;
}

/// Spawns three tasks, each only after the one before it has finished.
pub async fn three_calls() {
    tokio::spawn(random_add(1, Duration::from_secs(5))).await.unwrap();
    tokio::spawn(random_add(2, Duration::from_secs(8))).await.unwrap();
    tokio::spawn(random_add(3, Duration::from_secs(2))).await.unwrap();
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
