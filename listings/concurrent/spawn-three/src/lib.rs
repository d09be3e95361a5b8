//! Three spawned calls take as long as the slowest.
//!
//! ```standalone_crate
//! let ((), run) = timeline::record(spawn_three::three_calls());
//!
//! assert_eq!(run.total(), timeline::seconds(8)); // not 15
//! assert_eq!(run.completion_order(), [3, 1, 2]);
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

/// Spawns three tasks and awaits them after all three were spawned.
pub async fn three_calls() {
    let first = tokio::spawn(random_add(1, Duration::from_secs(5)));
    let second = tokio::spawn(random_add(2, Duration::from_secs(8)));
    let third = tokio::spawn(random_add(3, Duration::from_secs(2)));
    first.await.unwrap();
    second.await.unwrap();
    third.await.unwrap();
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
