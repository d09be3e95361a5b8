//! The deadline of a `sleep` is fixed when it is made, not when it is awaited.
//!
//! ```
//! use timeline::seconds;
//!
//! let ((), run) = timeline::record(sleeps_made_first::three_waits());
//!
//! assert_eq!(run.total(), seconds(8)); // not 15
//! assert_eq!([1, 2, 3].map(|call| run.call(call).start), [0, 5, 8].map(seconds));
//! assert_eq!([1, 2, 3].map(|call| run.call(call).end), [5, 8, 8].map(|at| Some(seconds(at))));
//! assert_eq!(run.poll_counts(), [2, 2, 1]); // the third was over when it was first polled
//! run.assert_recorded();
//! ```

use std::time::Duration;

use tokio::time::{Sleep, sleep};
use tracing::instrument;

/// Runs the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    three_waits().await;
}

/// Makes three timers before it awaits the first.
pub async fn three_waits() {
    let first = sleep(Duration::from_secs(5));
    let second = sleep(Duration::from_secs(8));
    let third = sleep(Duration::from_secs(2));
    wait(1, first).await;
    wait(2, second).await;
    wait(3, third).await;
}

/// Awaits a timer that was made before.
#[instrument(ret, skip(timer))]
pub async fn wait(call: u32, timer: Sleep) {
    println!("call {call} begins to wait");
    timer.await;
    println!("call {call} has waited");
}
