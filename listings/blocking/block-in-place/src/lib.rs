//! `block_in_place` hands all that a worker had to do to another thread before it blocks.
//!
//! ```
//! use timeline::{record_wall, seconds};
//!
//! let four = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build();
//! let runtime = four.unwrap();
//!
//! let ((), run) = record_wall(|second| runtime.block_on(block_in_place::three_tasks(second)));
//!
//! assert_eq!([2, 3].map(|call| run.call(call).start), [0, 0].map(seconds)); // not 5
//! assert_eq!(run.call(3).end, Some(seconds(2)));
//! assert_eq!(run.total(), seconds(5)); // not 7
//! run.assert_recorded();
//! ```

use std::{thread, time::Duration};

use tokio::{task::block_in_place, time::sleep};
use tracing::instrument;

/// The entry of the program: a second lasts a second.
#[tokio::main(flavor = "multi_thread", worker_threads = 4)]
pub async fn main() {
    three_tasks(Duration::from_secs(1)).await;
}

/// Spawns a task, which spawns two more.
pub async fn three_tasks(second: Duration) {
    tokio::spawn(spawn_and_block(second)).await.unwrap();
}

/// Spawns calls 2 and 3 as tasks, blocks its own thread in call 1, and awaits the tasks.
pub async fn spawn_and_block(second: Duration) {
    let two = tokio::spawn(random_add(2, 3 * second));
    let three = tokio::spawn(random_add(3, 2 * second));
    block_in_place(|| blocking_add(1, 5 * second));
    two.await.unwrap();
    three.await.unwrap();
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
