//! What has not ended when the grace period is over is aborted.
//!
//! ```
//! use timeline::{Outcome, seconds};
//!
//! let (aborted, run) = timeline::record(grace_period::three_sessions());
//!
//! assert_eq!(run.total(), seconds(3 + 2)); // not 3 + 4
//! assert_eq!(aborted, 1);
//! let sessions: Vec<_> = run.calls_of("session").map(|session| session.outcome).collect();
//! assert_eq!(sessions, [Outcome::Returned, Outcome::Dropped, Outcome::Returned]);
//! let ends: Vec<_> = run.calls_of("session").flat_map(|session| session.end).collect();
//! assert_eq!(ends, [4, 5, 2].map(seconds));
//! run.assert_recorded();
//! ```

use std::time::Duration;

use tokio::{
    task::JoinSet,
    time::{sleep, timeout},
};
use tokio_util::sync::CancellationToken;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    let aborted = three_sessions().await;
    println!("sessions that were aborted: {aborted}");
}

/// Asks three sessions to stop after three seconds, and aborts those that take more than two
/// seconds over it. Returns how many those were.
pub async fn three_sessions() -> usize {
    let stop = CancellationToken::new();
    let mut sessions = JoinSet::new();
    for (n, delay, goodbye) in [(1, 5, 1), (2, 8, 4), (3, 2, 1)] {
        let [delay, goodbye] = [delay, goodbye].map(Duration::from_secs);
        sessions.spawn(session(n, delay, goodbye, stop.clone()));
    }
    sleep(Duration::from_secs(3)).await;
    stop.cancel();
    let all = async { while sessions.join_next().await.is_some() {} };
    let _ = timeout(Duration::from_secs(2), all).await;
    let aborted = sessions.len();
    sessions.shutdown().await;
    aborted
}

/// Makes a call. If it is asked to stop before the sum is there, it says goodbye.
#[instrument(ret, skip(delay, goodbye, stop))]
pub async fn session(n: u32, delay: Duration, goodbye: Duration, stop: CancellationToken) {
    if stop.run_until_cancelled(random_add(n, delay)).await.is_none() {
        say_goodbye(n, goodbye).await;
    }
}

/// Tells the other side that session `n` has ended.
#[instrument(ret)]
pub async fn say_goodbye(n: u32, delay: Duration) {
    println!("session {n} says goodbye");
    sleep(delay).await;
    println!("the other side of session {n} knows");
}

/// Waits for `delay`, draws five random numbers, prints them and returns their sum.
#[instrument(ret)]
pub async fn random_add(call: u32, delay: Duration) -> u32 {
    println!("call {call} starts");
    sleep(delay).await;
    let numbers: [u32; 5] = std::array::from_fn(|_| rand::random_range(1..=100));
    let sum = numbers.iter().sum();
    println!("call {call} returns: {numbers:?} add up to {sum}");
    sum
}
