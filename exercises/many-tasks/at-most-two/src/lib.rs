//! Make six calls, no more than two of them at a time.
//!
//! The server that answers the calls refuses to run more than two of them at a time. Change
//! `six_calls`, so that it keeps to that and loses no time: whenever a call returns, another starts.
//! With delays of 5, 8, 2, 5, 8 and 2 s, it is done within 16 s. It makes each call once, with its
//! delay, and returns the sum of all results. `random_add` stays as it is.
//!
//! # Hints
//!
//! 1. A call is running from its first poll on. What is made and not yet polled does no harm.
//! 2. Two at a time, then the next two, takes 21 s. A call must start whenever another returns.
//! 3. `buffer_unordered` does that for a stream, and `stream::iter` makes a stream of the calls. Or
//!    let each call wait for a permit of a `Semaphore` before it calls `random_add`.
//!
//! # At first
//!
//! `6 calls are running at once, not 2`
//!
//! # Proof
//!
//! ```
//! use at_most_two::six_calls;
//! use timeline::{Outcome, record, seconds};
//! use tokio::time::timeout;
//!
//! let with_delays = |delays: [u64; 6], limit: u64| {
//!     let program = async { timeout(seconds(60), six_calls(delays.map(seconds))).await };
//!     let (sum, run) = record(program);
//!     let sum = sum.expect("the calls are never done");
//!     let calls: Vec<_> = run.calls_of("random_add").collect();
//!     for first in &calls {
//!         let at = first.start;
//!         let is_running = |end: Option<_>| end.is_none_or(|end| end > at);
//!         let count = calls.iter().filter(|call| call.start <= at && is_running(call.end)).count();
//!         assert!(count <= 2, "{count} calls are running at once, not 2");
//!     }
//!     let total = run.total();
//!     assert!(total <= seconds(limit), "it is done at {total:?}, not at {limit}s");
//!
//!     assert!(calls.len() == 6, "{} calls are made, not 6", calls.len());
//!     for (number, delay) in (1..).zip(delays.map(seconds)) {
//!         let call = run.call(number);
//!         assert!(call.outcome == Outcome::Returned, "call {number} has not returned");
//!         assert!(call.end == Some(call.start + delay), "call {number} does not take {delay:?}");
//!     }
//!     let sums = (1..=6).map(|number| run.returned::<u32>(number));
//!     assert!(sum == sums.sum::<u32>(), "what is returned is not the sum of all results");
//!     run
//! };
//!
//! let run = with_delays([5, 8, 2, 5, 8, 2], 16);
//! with_delays([4, 1, 1, 4, 1, 1], 8);
//! ```

use std::time::Duration;

use futures::future::join_all;
use tokio::time::sleep;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    let sum = six_calls([5, 8, 2, 5, 8, 2].map(Duration::from_secs)).await;
    println!("all six add up to {sum}");
}

/// Makes six calls and returns the sum of their results.
pub async fn six_calls(delays: [Duration; 6]) -> u32 {
    let calls = (1..).zip(delays).map(|(call, delay)| random_add(call, delay));
    let sums = join_all(calls).await;
    sums.iter().sum()
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
