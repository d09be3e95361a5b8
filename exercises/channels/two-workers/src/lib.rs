//! Let two workers share the jobs of one channel.
//!
//! `five_jobs` sends five jobs into a channel. One worker takes them out, and 2 s over each: 10 s.
//! Change it so that two workers take jobs out of the same channel, each one whenever it has
//! nothing to do. Then the jobs are done in 6 s, and each of them once. Leave `job` as it is.
//!
//! # Hints
//!
//! 1. A `Receiver` cannot be cloned. But two workers can take turns with one.
//! 2. `tokio::sync::Mutex` lets one in at a time: `jobs.lock().await.recv().await`. Both workers
//!    can borrow it if they are joined.
//! 3. If it still takes 10 s: in `while let Some(n) = jobs.lock().await.recv().await { … }`, the
//!    lock is held until the end of the block. In a `let` of its own, it is released at the
//!    semicolon.
//!
//! # At first
//!
//! The proof fails with `the jobs are done at 10s, not at 6s`.
//!
//! # Proof
//!
//! ```standalone_crate
//! use timeline::{record, seconds};
//! use two_workers::five_jobs;
//!
//! let ((), run) = record(five_jobs());
//! assert!(run.total() == seconds(6), "the jobs are done at {:?}, not at 6s", run.total());
//! let jobs: Vec<_> = run.calls_of("job").collect();
//! let mut numbers: Vec<_> = jobs.iter().map(|job| job.arguments["n"].as_str()).collect();
//! numbers.sort();
//! assert!(numbers == ["1", "2", "3", "4", "5"], "the jobs that are done are {numbers:?}");
//! for job in &jobs {
//!     let n = &job.arguments["n"];
//!     assert!(job.end == Some(job.start + seconds(2)), "job {n} does not take 2s");
//! }
//! let mut ends: Vec<_> = jobs.iter().flat_map(|job| job.end).collect();
//! ends.sort();
//! assert!(ends == [2, 2, 4, 4, 6].map(seconds), "the jobs end at {ends:?}");
//! ```

use std::time::Duration;

use tokio::{sync::mpsc, time::sleep};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    five_jobs().await;
}

/// Sends five jobs into a channel and has them done.
pub async fn five_jobs() {
    let (sender, receiver) = mpsc::channel(5);
    for n in 1..=5 {
        sender.send(n).await.unwrap();
    }
    drop(sender);
    work(receiver).await;
}

/// A worker: does jobs until there are no more.
pub async fn work(mut jobs: mpsc::Receiver<u32>) {
    while let Some(n) = jobs.recv().await {
        job(n).await;
    }
}

/// Takes two seconds.
#[instrument(ret)]
pub async fn job(n: u32) {
    println!("job {n} starts");
    sleep(Duration::from_secs(2)).await;
    println!("job {n} is done");
}
