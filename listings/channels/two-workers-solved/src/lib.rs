//! Two workers share the receiver of one channel through a `Mutex`.
//!
//! ```
//! use two_workers_solved::five_jobs;
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
    five_jobs([5, 1, 1, 1, 1].map(Duration::from_secs)).await;
}

/// Sends five jobs into a channel and has them done.
pub async fn five_jobs(delays: [Duration; 5]) {
    let (sender, receiver) = mpsc::channel(5);
    for (n, delay) in (1..).zip(delays) {
        sender.send((n, delay)).await.unwrap();
    }
    drop(sender);
    let jobs = Mutex::new(receiver);
    tokio::join!(biased; work(&jobs), work(&jobs));
}

/// A worker: does jobs until there are no more.
pub async fn work(jobs: &Mutex<mpsc::Receiver<(u32, Duration)>>) {
    loop {
        let Some((n, delay)) = jobs.lock().await.recv().await else { break };
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
