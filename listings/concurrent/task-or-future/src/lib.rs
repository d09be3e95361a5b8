//! `join!` polls all its unfinished children whenever one wakes; a task is polled alone.
//!
//! ```standalone_crate
//! use task_or_future::{joined, spawned};
//!
//! let ((), run) = timeline::record(joined());
//! assert_eq!(run.total(), timeline::seconds(8));
//! assert_eq!(run.poll_counts(), [3, 4, 2]);
//! run.assert_recorded_as("joined");
//!
//! let ((), run) = timeline::record(spawned());
//! assert_eq!(run.total(), timeline::seconds(8));
//! assert_eq!(run.poll_counts(), [2, 2, 2]);
//! run.assert_recorded_as("spawned");
//! ```

use std::time::Duration;

use tokio::time::sleep;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    println!("one task, three futures:");
    joined().await;
    println!("three tasks:");
    spawned().await;
}

/// One task that polls three futures.
pub async fn joined() {
    tokio::join!(
        random_add(1, Duration::from_secs(5)),
        random_add(2, Duration::from_secs(8)),
        random_add(3, Duration::from_secs(2)),
    );
}

/// Three tasks that the runtime polls.
pub async fn spawned() {
    let first = tokio::spawn(random_add(1, Duration::from_secs(5)));
    let second = tokio::spawn(random_add(2, Duration::from_secs(8)));
    let third = tokio::spawn(random_add(3, Duration::from_secs(2)));
    let (first, second, third) = tokio::join!(first, second, third);
    first.and(second).and(third).unwrap();
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
