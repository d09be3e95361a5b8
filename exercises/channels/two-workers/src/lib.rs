//! Let two workers share the jobs of one channel.
//!
//! `five_jobs` sends five jobs into a channel. One worker takes them out and does them, one after the
//! other: jobs of 5, 1, 1, 1 and 1 s take 9 s. Change it so that two workers take jobs out of the same
//! channel, each one whenever it has nothing to do. Then one of them does the long job while the other
//! does the short ones, and all is done in 5 s. Each job is done once. Leave `job` as it is.
//!
//! # Hints
//!
//! 1. A `Receiver` cannot be cloned. But two workers can take turns with one.
//! 2. A lock that may be held while waiting lets one in at a time: `tokio::sync::Mutex`, and
//!    `jobs.lock().await.recv().await`. Both workers can borrow it if they are joined.
//! 3. If it still takes 9 s: in `while let Some(job) = jobs.lock().await.recv().await { … }`, the
//!    lock is held until the end of the block. In a `let` of its own, it is released at the
//!    semicolon.
//!
//! # At first
//!
//! The proof fails with `jobs of [5, 1, 1, 1, 1] s are done at 9s, not at 5s`.
//!
//! # Proof
//!
//! ```
//! use two_workers::five_jobs;
//! use timeline::{record, seconds};
//! use tokio::time::timeout;
//!
//! let with_delays = |delays: [u64; 5]| {
//!     // What two workers do who take the next job whenever they have nothing to do.
//!     let mut free = [0, 0];
//!     let starts = delays.map(|delay| {
//!         free.sort();
//!         let start = free[0];
//!         free[0] += delay;
//!         start
//!     });
//!     let end = seconds(free[0].max(free[1]));
//!
//!     let which = format!("jobs of {delays:?} s");
//!     let program = async { timeout(seconds(60), five_jobs(delays.map(seconds))).await };
//!     let (done, run) = record(program);
//!     done.unwrap_or_else(|_| panic!("{which} are never done"));
//!     let total = run.total();
//!     assert!(total == end, "{which} are done at {total:?}, not at {end:?}");
//!     let count = run.calls_of("job").count();
//!     assert!(count == 5, "{which} are done {count} times, not 5 times");
//!     for (n, (delay, start)) in (1..).zip(delays.into_iter().zip(starts)) {
//!         let job = run.calls_of("job").find(|job| job.nth() == Some(n));
//!         let job = job.unwrap_or_else(|| panic!("{which}: job {n} is not done"));
//!         let start = seconds(start);
//!         assert!(job.start == start, "{which}: job {n} starts at {:?}, not at {start:?}", job.start);
//!         assert!(job.end == Some(start + seconds(delay)), "{which}: job {n} takes another time");
//!     }
//!     run
//! };
//!
//! let run = with_delays([5, 1, 1, 1, 1]);
//! with_delays([1, 2, 3, 2, 4]);
//! with_delays([1, 1, 1, 5, 1]);
//! ```

use std::time::Duration;

use tokio::{sync::mpsc, time::sleep};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    five_jobs([5, 1, 1, 1, 1].map(Duration::from_secs)).await;
}

/// Sends five jobs into a channel and has them done.
pub async fn five_jobs(delays: [Duration; 5]) {
    let (sender, receiver) = mpsc::channel(5);
    for (n, delay) in (1..).zip(delays) {
        sender.send((n, delay)).await.unwrap();
    }
    drop(sender);
    work(receiver).await;
}

/// A worker: does jobs until there are no more.
pub async fn work(mut jobs: mpsc::Receiver<(u32, Duration)>) {
    while let Some((n, delay)) = jobs.recv().await {
        job(n, delay).await;
    }
}

/// A job, which takes as long as it takes.
#[instrument(ret)]
pub async fn job(n: u32, delay: Duration) {
    println!("job {n} starts");
    sleep(delay).await;
    println!("job {n} is done");
}
