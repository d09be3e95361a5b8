//! A worker that has lived for ten seconds has its early deaths forgiven.
//!
//! ```
//! use timeline::{record, seconds};
//! use worker_forgiven_solved::supervise;
//!
//! let (sum, run) = record(supervise(&[1, 1, 10, 1, 1, 1, 2]));
//! let starts = [0, 2, 5, 16, 19, 24, 33].map(seconds);
//! for (n, (worker, start)) in (1..).zip(run.calls_of("worker").zip(starts)) {
//!     let at = worker.start;
//!     assert!(at == start, "worker {n} starts at {at:?}, not at {start:?}");
//! }
//! let count = run.calls_of("worker").count();
//! assert!(count == 7, "{count} workers are started, not 7");
//! assert!(run.total() == seconds(35), "it ends at {:?}, not at 35s", run.total());
//! assert!(sum == Some(7), "worker 7 has returned 7, and `supervise` returns {sum:?}");
//!
//! let (sum, short) = record(supervise(&[1, 1, 9, 1, 1, 1]));
//! let count = short.calls_of("worker").count();
//! assert!(count == 5, "with five short lives, {count} workers are started, not 5");
//! assert!(short.total() == seconds(28), "it gives up at {:?}, not at 28s", short.total());
//! assert!(sum.is_none(), "it does not give up");
//! run.assert_recorded();
//! ```

use std::time::Duration;

use tokio::time::{Instant, sleep};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    println!("the sum: {:?}", supervise(&[1, 1, 10, 1, 1, 1, 2]).await);
}

/// Starts workers, one for each life that there is, after pauses that double. Gives up when five
/// in a row have died young.
pub async fn supervise(lives: &[u64]) -> Option<u32> {
    let mut deaths = 0;
    let mut pause = Duration::from_secs(1);
    for (n, &life) in (1..).zip(lives) {
        let start = Instant::now();
        match tokio::spawn(worker(n, Duration::from_secs(life))).await {
            Ok(sum) => return Some(sum),
            Err(error) => println!("worker {n} is gone: {error}"),
        }
        if start.elapsed() >= Duration::from_secs(10) {
            deaths = 0;
            pause = Duration::from_secs(1);
        }
        deaths += 1;
        if deaths == 5 {
            break;
        }
        sleep(pause).await;
        pause *= 2;
    }
    None
}

/// Works for `life`. Only the seventh worker comes to a result.
#[instrument(ret)]
pub async fn worker(n: u32, life: Duration) -> u32 {
    println!("worker {n} starts");
    sleep(life).await;
    assert!(n == 7, "worker {n} cannot reach the store");
    n
}
