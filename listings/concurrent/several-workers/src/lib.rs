//! Three workers change neither what the calls return nor how long they take.
//!
//! ```
//! use std::time::{Duration, Instant};
//!
//! use several_workers::three_calls;
//! use timeline::{Run, seconds};
//! use tokio::runtime::Builder;
//!
//! let runtime = Builder::new_multi_thread().worker_threads(3).enable_all().build().unwrap();
//!
//! // Which worker polls which task differs from run to run, so only the times are compared.
//! let times = |run: &Run| [1, 2, 3].map(|call| (run.call(call).start, run.call(call).end));
//! let recorded = [5, 8, 2].map(|end| (seconds(0), Some(seconds(end))));
//! let (returned, run) = timeline::record_wall_until(
//!     |second| runtime.block_on(three_calls(second)),
//!     |run| times(run) == recorded && run.total() == seconds(8),
//! );
//! assert_eq!(times(&run), recorded);
//! assert_eq!(run.total(), seconds(8));
//! assert_eq!(run.completion_order(), [3, 1, 2]); // the ends are seconds apart
//! assert_eq!(returned, [1, 2, 3]); // each handle has its own result
//! assert!(run.calls().iter().all(|call| call.task.is_some())); // each call is a task
//!
//! // Whichever worker polls which task, nothing is early, and each handle has its own result.
//! let second = Duration::from_millis(1);
//! for _ in 0..50 {
//!     let start = Instant::now();
//!     assert_eq!(runtime.block_on(three_calls(second)), [1, 2, 3]);
//!     assert!(start.elapsed() >= 8 * second);
//! }
//! ```

use std::time::Duration;

use tokio::time::sleep;
use tracing::instrument;

/// Runs the program: a second lasts a second.
#[tokio::main(flavor = "multi_thread", worker_threads = 3)]
pub async fn main() {
    three_calls(Duration::from_secs(1)).await;
}

/// Spawns three tasks and awaits them after all three were spawned.
pub async fn three_calls(second: Duration) -> [u32; 3] {
    let one = tokio::spawn(wait(1, 5 * second));
    let two = tokio::spawn(wait(2, 8 * second));
    let three = tokio::spawn(wait(3, 2 * second));
    [one.await.unwrap(), two.await.unwrap(), three.await.unwrap()]
}

/// Waits for `delay`, and returns the number of the call.
#[instrument(ret)]
pub async fn wait(call: u32, delay: Duration) -> u32 {
    println!("call {call} starts");
    sleep(delay).await;
    println!("call {call} returns");
    call
}
