//! A supervisor that pauses before it tries again gives the fault time to pass.
//!
//! ```
//! use supervisor::{at_once, with_pauses};
//! use timeline::{Outcome, Run, seconds};
//!
//! let starts = |run: &Run| run.calls_of("worker").map(|worker| worker.start).collect::<Vec<_>>();
//!
//! let (sum, run) = timeline::record(at_once());
//! assert_eq!(starts(&run), [0, 1, 2, 3, 4].map(seconds));
//! assert_eq!(run.total(), seconds(5));
//! assert_eq!(sum, None);
//! run.assert_recorded_as("at-once");
//!
//! let (sum, run) = timeline::record(with_pauses());
//! assert_eq!(starts(&run), [0, 2, 5, 10, 19].map(seconds));
//! assert_eq!(run.total(), seconds(20));
//! assert_eq!(sum, None);
//! assert!(run.calls_of("worker").all(|worker| worker.outcome == Outcome::Panicked));
//! run.assert_recorded_as("with-pauses");
//! ```

use std::time::Duration;

use tokio::time::sleep;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    println!("without pauses: {:?}", at_once().await);
    println!("with pauses: {:?}", with_pauses().await);
}

/// Starts a worker, and the next one as soon as it dies.
pub async fn at_once() -> Option<u32> {
    supervise(Duration::ZERO).await
}

/// Starts a worker, and the next one after a pause.
pub async fn with_pauses() -> Option<u32> {
    supervise(Duration::from_secs(1)).await
}

/// Starts a worker, and another one when it dies, after a pause that doubles each time. Gives up
/// after the fifth.
pub async fn supervise(first_pause: Duration) -> Option<u32> {
    let mut pause = first_pause;
    for n in 1..=5 {
        match tokio::spawn(worker(n)).await {
            Ok(sum) => return Some(sum),
            Err(error) => println!("worker {n} is gone: {error}"),
        }
        if n < 5 {
            sleep(pause).await;
            pause *= 2;
        }
    }
    None
}

/// Works for a second, and finds out that what it needs is not there.
#[instrument(ret)]
pub async fn worker(n: u32) -> u32 {
    println!("worker {n} starts");
    sleep(Duration::from_secs(1)).await;
    panic!("worker {n} cannot reach the store")
}
