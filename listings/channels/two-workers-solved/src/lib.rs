//! Two workers share the receiver of one channel through a `Mutex`.
//!
//! ```standalone_crate
//! use timeline::{record, seconds};
//! use two_workers_solved::five_jobs;
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
//! run.assert_recorded();
//! ```

use std::time::Duration;

use tokio::{
    sync::{Mutex, mpsc},
    time::sleep,
};
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
    let jobs = Mutex::new(receiver);
    tokio::join!(work(&jobs), work(&jobs));
}

/// A worker: does jobs until there are no more.
pub async fn work(jobs: &Mutex<mpsc::Receiver<u32>>) {
    loop {
        let Some(n) = jobs.lock().await.recv().await else { break };
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
