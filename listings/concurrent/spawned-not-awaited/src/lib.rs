//! A task runs whether or not it is awaited, until the runtime ends.
//!
//! ```standalone_crate
//! use timeline::{Outcome, seconds};
//!
//! let ((), run) = timeline::record(spawned_not_awaited::three_calls());
//!
//! assert_eq!(run.total(), seconds(6));
//! assert_eq!(run.completion_order(), [3, 1]);
//! assert_eq!(run.call(2).outcome, Outcome::Dropped); // at 6 s, two seconds too early
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

/// Spawns three tasks, awaits none of them, and returns after six seconds.
pub async fn three_calls() {
    tokio::spawn(random_add(1, Duration::from_secs(5)));
    tokio::spawn(random_add(2, Duration::from_secs(8)));
    tokio::spawn(random_add(3, Duration::from_secs(2)));
    sleep(Duration::from_secs(6)).await;
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
