//! What is done first is shown first, while the others are under way.
//!
//! ```
//! use as_they_come_solved::{calls, three_calls};
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
//! run.assert_recorded();
//! ```

use std::time::Duration;

use futures::{StreamExt, stream::FuturesUnordered};
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

/// Makes a call for each delay and shows the results as they come.
pub async fn calls(delays: impl IntoIterator<Item = Duration>) {
    let calls = (1..).zip(delays).map(|(call, delay)| random_add(call, delay));
    let mut calls: FuturesUnordered<_> = calls.collect();
    while let Some(sum) = calls.next().await {
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
