//! With four workers, too, a task that blocks stalls the task that it has spawned.
//!
//! ```standalone_crate
//! use timeline::{record_wall, seconds};
//!
//! let four = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build();
//! let runtime = four.unwrap();
//!
//! let ((), run) = record_wall(|second| runtime.block_on(neighbour_stalled::two_tasks(second)));
//!
//! assert_eq!(run.call(3).start, seconds(5)); // three workers had nothing to do
//! assert_eq!(run.completion_order(), [1, 3]);
//! assert_eq!(run.total(), seconds(5 + 2)); // not 5
//! run.assert_recorded();
//! ```

use std::{thread, time::Duration};

use tokio::time::sleep;
use tracing::instrument;

/// The entry of the program: a second lasts a second.
#[tokio::main(flavor = "multi_thread", worker_threads = 4)]
pub async fn main() {
    two_tasks(Duration::from_secs(1)).await;
}

/// Spawns a task, which spawns another one.
pub async fn two_tasks(second: Duration) {
    tokio::spawn(spawn_and_block(second)).await.unwrap();
}

/// Spawns call 3 as a task, blocks its own thread in call 1, and awaits the task.
pub async fn spawn_and_block(second: Duration) {
    let neighbour = tokio::spawn(random_add(3, 2 * second));
    blocking_add(1, 5 * second);
    neighbour.await.unwrap();
}

/// Waits for `delay`, and lets others have the thread; draws a number and returns it.
#[instrument(ret)]
pub async fn random_add(call: u32, delay: Duration) -> u32 {
    println!("call {call} starts");
    sleep(delay).await;
    rand::random_range(1..=100)
}

/// Waits for `delay`, and keeps the thread; draws a number and returns it.
#[instrument(ret)]
pub fn blocking_add(call: u32, delay: Duration) -> u32 {
    println!("call {call} starts");
    thread::sleep(delay);
    rand::random_range(1..=100)
}
