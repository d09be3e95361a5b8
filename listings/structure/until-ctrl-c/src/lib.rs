//! A program that takes its signal to stop as a future can be stopped by a key, and by a proof.
//!
//! ```
//! use std::future::pending;
//!
//! use timeline::seconds;
//! use tokio::time::sleep;
//! use until_ctrl_c::three_sessions;
//!
//! let (sums, run) = timeline::record(three_sessions(async { sleep(seconds(3)).await }));
//! assert_eq!(run.total(), seconds(4));
//! assert_eq!(sums.iter().flatten().count(), 1);
//! run.assert_recorded_as("asked");
//!
//! let (sums, run) = timeline::record(three_sessions(pending()));
//! assert_eq!(run.total(), seconds(8));
//! assert_eq!(sums.iter().flatten().count(), 3);
//! run.assert_recorded_as("left-alone");
//! ```

use std::{pin::pin, time::Duration};

use tokio::{signal::ctrl_c, task::JoinSet, time::sleep};
use tokio_util::sync::CancellationToken;
use tracing::instrument;

/// The entry of the program. It can be stopped by ctrl-c.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    let sums = three_sessions(async { ctrl_c().await.unwrap() }).await;
    println!("the sums: {sums:?}");
}

/// Spawns three sessions, and asks them to stop when `asked` is ready.
pub async fn three_sessions(asked: impl Future<Output = ()>) -> Vec<Option<u32>> {
    let stop = CancellationToken::new();
    let mut sessions = JoinSet::new();
    for (n, delay) in (1..).zip([5, 8, 2].map(Duration::from_secs)) {
        sessions.spawn(session(n, delay, stop.clone()));
    }
    let mut all = pin!(sessions.join_all());
    tokio::select! {
        sums = &mut all => return sums,
        () = asked => stop.cancel(),
    }
    all.await
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
