//! Show each result as soon as it is there.
//!
//! Three calls are made together, and their sums are shown when all of them are known: at 8 s.
//! Change `calls`, so that the first sum is shown at 2 s, the second at 5 s and the third at 8 s;
//! with other delays, at other times. Each call is made once, and each sum is shown once. All else
//! stays as it is.
//!
//! # Hints
//!
//! 1. `join_all` returns nothing before it returns everything. What returns results one by one?
//! 2. The calls have to run together, so a loop that awaits one after the other will not
//!    do: the first one awaited is not the first one done.
//! 3. A `JoinSet` returns results in the order of completion: `while let Some(sum) =
//!    tasks.join_next().await`. So does a `FuturesUnordered`, without tasks. Or call `show` where
//!    the result is: in a future around each call.
//!
//! # At first
//!
//! `the first sum is shown at 8s, not at 2s`
//!
//! # Proof
//!
//! ```
//! use as_they_come::{calls, three_calls};
//! use timeline::{Run, record, seconds};
//! use tokio::time::timeout;
//!
//! let check = |run: &Run, delays: &[u64]| {
//!     let made = run.calls().iter().filter(|call| call.id.is_some()).count();
//!     assert!(made == delays.len(), "{made} calls are made, not {}", delays.len());
//!     for (number, &delay) in (1..).zip(delays) {
//!         let call = run.call(number);
//!         let is_delayed = call.end == Some(call.start + seconds(delay));
//!         assert!(is_delayed, "call {number} does not take {delay}s");
//!     }
//!     let shown: Vec<_> = run.calls_of("show").collect();
//!     assert!(shown.len() == made, "{} of {made} sums are shown", shown.len());
//!     let mut order: Vec<(u64, u32)> = delays.iter().copied().zip(1..).collect();
//!     order.sort();
//!     let places = ["first", "second", "third"];
//!     for ((place, (due, call)), sum) in places.into_iter().zip(order).zip(shown) {
//!         let (at, due) = (sum.start, seconds(due));
//!         assert!(at == due, "the {place} sum is shown at {at:?}, not at {due:?}");
//!         let is_its_own = sum.value == run.call(call).value;
//!         assert!(is_its_own, "the {place} sum shown is not what call {call} returned");
//!     }
//! };
//!
//! let (shown, run) = record(async { timeout(seconds(60), three_calls()).await });
//! shown.expect("it never ends");
//! check(&run, &[5, 8, 2]);
//! let delays = [1, 7, 4].map(seconds);
//! let (shown, other) = record(async { timeout(seconds(60), calls(delays)).await });
//! shown.expect("it never ends");
//! check(&other, &[1, 7, 4]);
//! ```

use std::time::Duration;

use futures::future::join_all;
use tokio::time::sleep;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    three_calls().await;
}

/// Makes the usual three calls.
pub async fn three_calls() {
    calls([5, 8, 2].map(Duration::from_secs)).await;
}

/// Makes a call for each delay and shows the results.
pub async fn calls(delays: impl IntoIterator<Item = Duration>) {
    let calls = (1..).zip(delays).map(|(call, delay)| random_add(call, delay));
    for sum in join_all(calls).await {
        show(sum);
    }
}

/// Shows a sum. Returns it, so that it can be seen which one was shown.
#[instrument(ret, skip_all)]
pub fn show(sum: u32) -> u32 {
    println!("a sum is here: {sum}");
    sum
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
