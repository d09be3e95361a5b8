//! A `TaskTracker` that was not closed is waited for in vain.
//!
//! ```
//! use task_tracker::{closed, open};
//! use timeline::seconds;
//!
//! let (in_time, run) = timeline::record(open());
//! assert_eq!(run.call(2).end, Some(seconds(8))); // the last task
//! assert_eq!(run.total(), seconds(60)); // where patience ends
//! assert!(!in_time);
//! run.assert_recorded_as("open");
//!
//! let (in_time, run) = timeline::record(closed());
//! assert_eq!(run.call(2).end, Some(seconds(8)));
//! assert_eq!(run.total(), seconds(8));
//! assert!(in_time);
//! run.assert_recorded_as("closed");
//! ```

use std::time::Duration;

use tokio::time::{sleep, timeout};
use tokio_util::task::TaskTracker;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    println!("the tracker is closed:");
    println!("all tasks have ended: {}", closed().await);
    println!("the tracker is open:");
    println!("all tasks have ended: {}", open().await);
}

/// Waits for three tasks.
pub async fn open() -> bool {
    let tasks = TaskTracker::new();
    spawn_three(&tasks);
    wait(&tasks).await
}

/// Says that there will be no more, and waits for three tasks.
pub async fn closed() -> bool {
    let tasks = TaskTracker::new();
    spawn_three(&tasks);
    tasks.close();
    wait(&tasks).await
}

/// Spawns three tasks, and keeps no handle.
pub fn spawn_three(tasks: &TaskTracker) {
    for (call, delay) in (1..).zip([5, 8, 2].map(Duration::from_secs)) {
        tasks.spawn(random_add(call, delay));
    }
}

/// Waits for a minute at most. Says whether that was enough.
pub async fn wait(tasks: &TaskTracker) -> bool {
    timeout(Duration::from_secs(60), tasks.wait()).await.is_ok()
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
