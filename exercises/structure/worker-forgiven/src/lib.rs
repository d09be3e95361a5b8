//! Forgive a worker that has lived for ten seconds.
//!
//! `supervise` gives up when five workers have died, even if an hour lies between two deaths. Change it
//! so that a worker that has lived for at least 10 s starts a new count: its death is the first again,
//! and the pause after it is 1 s again. Five short lives in a row are still the end. Leave `worker` as
//! it is.
//!
//! # Hints
//!
//! 1. When did this worker start, and how long has it lived when its handle is ready?
//! 2. tokio's `Instant::now()` before the `spawn`, and its `elapsed` after the `await`, tell.
//! 3. Two variables have to go back to where they began, before the death is counted.
//!
//! # At first
//!
//! The proof fails with `worker 4 starts at 19s, not at 16s`.
//!
//! # Proof
//!
//! ```
//! use timeline::{record, seconds};
//! use worker_forgiven::supervise;
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
//! ```

use std::time::Duration;

use tokio::time::sleep;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    println!("the sum: {:?}", supervise(&[1, 1, 10, 1, 1, 1, 2]).await);
}

/// Starts workers, one for each life that there is, after pauses that double. Gives up when five
/// have died.
pub async fn supervise(lives: &[u64]) -> Option<u32> {
    let mut deaths = 0;
    let mut pause = Duration::from_secs(1);
    for (n, &life) in (1..).zip(lives) {
        match tokio::spawn(worker(n, Duration::from_secs(life))).await {
            Ok(sum) => return Some(sum),
            Err(error) => println!("worker {n} is gone: {error}"),
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
