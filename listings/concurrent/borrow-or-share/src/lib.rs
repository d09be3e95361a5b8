//! Joined futures may borrow from the function around them; tasks own what they use, or share it.
//!
//! ```
//! use borrow_or_share::{joined, spawned};
//! use timeline::seconds;
//!
//! let ((), run) = timeline::record(joined());
//! assert_eq!(run.total(), seconds(8));
//! assert!(run.calls().iter().all(|call| call.task.is_none()));
//! run.assert_recorded_as("joined");
//!
//! let ((), run) = timeline::record(spawned());
//! assert_eq!(run.total(), seconds(8));
//! assert!(run.calls().iter().all(|call| call.task.is_some()));
//! run.assert_recorded_as("spawned");
//! ```

use std::{sync::Arc, time::Duration};

use tokio::time::sleep;
use tracing::instrument;

/// Runs the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    joined().await;
    spawned().await;
}

/// Two calls in one task, which borrow the numbers.
pub async fn joined() {
    let numbers = vec![12, 80, 7, 41, 33];
    tokio::join!(
        add(1, Duration::from_secs(5), &numbers),
        add(2, Duration::from_secs(8), &numbers),
    );
}

/// Two tasks, which share the numbers: each owns an `Arc`.
pub async fn spawned() {
    let numbers = Arc::new(vec![12, 80, 7, 41, 33]);
    let for_first = Arc::clone(&numbers);
    let first = tokio::spawn(async move { add(1, Duration::from_secs(5), &for_first).await });
    let second = tokio::spawn(async move { add(2, Duration::from_secs(8), &numbers).await });
    first.await.unwrap();
    second.await.unwrap();
}

/// Waits for `delay`, and returns the sum of the numbers.
#[instrument(ret, skip(numbers))]
pub async fn add(call: u32, delay: Duration, numbers: &[u32]) -> u32 {
    println!("call {call} starts");
    sleep(delay).await;
    let sum = numbers.iter().sum();
    println!("call {call} returns: {numbers:?} add up to {sum}");
    sum
}
