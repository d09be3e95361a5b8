//! When all blocking threads are busy, a blocking call waits in a queue.
//!
//! ```
//! use blocking_queue::{three_calls, two_blocking_threads};
//! use timeline::seconds;
//!
//! let runtime = two_blocking_threads();
//!
//! let ((), run) = timeline::record_wall(|second| runtime.block_on(three_calls(second)));
//!
//! assert_eq!(run.call(3).start, seconds(5)); // when call 1 has left its thread
//! assert_eq!(run.completion_order(), [1, 3, 2]);
//! assert_eq!(run.total(), seconds(8));
//! run.assert_recorded();
//! ```

use std::{thread, time::Duration};

use tokio::{
    runtime::{Builder, Runtime},
    task::spawn_blocking,
};
use tracing::instrument;

/// The entry of the program: a second lasts a second.
pub fn main() {
    two_blocking_threads().block_on(three_calls(Duration::from_secs(1)));
}

/// A runtime that has two threads for what blocks, where the usual number is 512.
pub fn two_blocking_threads() -> Runtime {
    Builder::new_current_thread().enable_all().max_blocking_threads(2).build().unwrap()
}

/// Makes three blocking calls at once.
pub async fn three_calls(second: Duration) {
    let one = spawn_blocking(move || blocking_add(1, 5 * second));
    let two = spawn_blocking(move || blocking_add(2, 8 * second));
    let three = spawn_blocking(move || blocking_add(3, 2 * second));
    let (one, two, three) = tokio::join!(one, two, three);
    println!("the sums: {}, {}, {}", one.unwrap(), two.unwrap(), three.unwrap());
}

/// Waits for `delay`, and keeps the thread; draws a number and returns it.
#[instrument(ret)]
pub fn blocking_add(call: u32, delay: Duration) -> u32 {
    println!("call {call} starts");
    thread::sleep(delay);
    rand::random_range(1..=100)
}
