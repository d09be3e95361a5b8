//! Tasks that are aborted have no time to say anything.
//!
//! ```
//! use timeline::{Outcome, seconds};
//!
//! let (_, run) = timeline::record(sessions_aborted::three_sessions());
//!
//! assert_eq!(run.total(), seconds(3)); // not 4
//! let ends: Vec<_> = run.calls_of("session").flat_map(|session| session.end).collect();
//! assert_eq!(ends, [3, 3, 2].map(seconds));
//! let outcomes: Vec<_> = run.calls_of("session").map(|session| session.outcome).collect();
//! assert_eq!(outcomes, [Outcome::Dropped, Outcome::Dropped, Outcome::Returned]);
//! assert_eq!(run.calls_of("say_goodbye").count(), 0);
//! run.assert_recorded();
//! ```

use std::time::Duration;

use tokio::{task::JoinSet, time::sleep};
use tokio_util::sync::CancellationToken;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    three_sessions().await;
}

/// Spawns three sessions, and aborts them after three seconds.
pub async fn three_sessions() {
    let stop = CancellationToken::new();
    let mut sessions = JoinSet::new();
    for (n, delay) in (1..).zip([5, 8, 2].map(Duration::from_secs)) {
        sessions.spawn(session(n, delay, stop.clone()));
    }
    sleep(Duration::from_secs(3)).await;
    sessions.shutdown().await;
}

/// Makes a call. If it is asked to stop before the sum is there, it says goodbye.
#[instrument(ret, skip(delay, stop))]
pub async fn session(n: u32, delay: Duration, stop: CancellationToken) -> Option<u32> {
    let sum = stop.run_until_cancelled(random_add(n, delay)).await;
    if sum.is_none() {
        say_goodbye(n).await;
    }
    sum
}

/// Tells the other side that session `n` has ended, which takes a second.
#[instrument(ret)]
pub async fn say_goodbye(n: u32) {
    println!("session {n} says goodbye");
    sleep(Duration::from_secs(1)).await;
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
