//! Return the sums that are there after six seconds, and stop what is not done by then.
//!
//! `until_six` makes three calls and waits for all of them; with delays of 5, 8 and 2 s, that takes
//! 8 s. Change it so that it returns after 6 s, with the sums of the calls that are done, in any order.
//! A call that is not done is to be stopped: it must not run on, even if the program does. Other delays
//! have other calls done in time. `random_add` stays as it is.
//!
//! # Hints
//!
//! 1. What is dropped after six seconds takes along what it owns. So the sums have to be kept
//!    somewhere else.
//! 2. A `JoinSet` hands out its sums one by one, as they come, and stops its tasks when it is
//!    dropped.
//! 3. `timeout_at` takes an instant, not a duration. With the same instant around each
//!    `join_next`, all of the waiting ends at six seconds.
//!
//! # At first
//!
//! The proof fails with `with delays of [5, 8, 2] s, the sums are there at 8s, not at 6s`.
//!
//! # Proof
//!
//! ```
//! use until_six::until_six;
//! use timeline::{Outcome, record, seconds};
//! use tokio::time::{sleep, timeout};
//!
//! let with_delays = |delays: [u64; 3]| {
//!     let which = format!("with delays of {delays:?} s");
//!     let program = async { timeout(seconds(60), until_six(delays.map(seconds))).await };
//!     let (sums, run) = record(program);
//!     let sums = sums.unwrap_or_else(|_| panic!("{which}, it never ends"));
//!     let total = run.total();
//!     assert!(total == seconds(6), "{which}, the sums are there at {total:?}, not at 6s");
//!     let calls = run.calls_of("random_add").count();
//!     assert!(calls == 3, "{which}, {calls} calls are made, not 3");
//!     let mut values = Vec::new();
//!     for (call, delay) in (1..).zip(delays) {
//!         let made = run.call(call);
//!         assert!(made.start == seconds(0), "{which}, call {call} starts at {:?}", made.start);
//!         let is_delayed = made.arguments["delay"] == format!("{delay}s");
//!         assert!(is_delayed, "{which}, call {call} takes another time");
//!         if delay < 6 {
//!             assert!(made.outcome == Outcome::Returned, "{which}, call {call} is {}", made.outcome);
//!             assert!(made.end == Some(seconds(delay)), "{which}, call {call} is late");
//!             values.push(run.returned::<u32>(call));
//!         }
//!     }
//!     let mut sums = sums;
//!     sums.sort();
//!     values.sort();
//!     assert!(sums == values, "{which}, the sums are {sums:?}; those in time are {values:?}");
//!
//!     let ((), longer) = record(async {
//!         until_six(delays.map(seconds)).await;
//!         sleep(seconds(9)).await;
//!     });
//!     for (call, _) in (1..).zip(delays).filter(|&(_, delay)| delay > 6) {
//!         let late = longer.call(call);
//!         let end = late.end.unwrap();
//!         assert!(end == seconds(6), "{which}, call {call} ends at {end:?}, not at 6s");
//!         let is_dropped = late.outcome == Outcome::Dropped;
//!         assert!(is_dropped, "{which}, call {call} is {}, not dropped", late.outcome);
//!     }
//!     run
//! };
//!
//! let run = with_delays([5, 8, 2]);
//! with_delays([7, 1, 9]);
//! ```

use std::time::Duration;

use tokio::time::sleep;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    let sums = until_six([5, 8, 2].map(Duration::from_secs)).await;
    println!("the sums that are there: {sums:?}");
}

/// Makes three calls and returns the sums that are there after six seconds.
pub async fn until_six([first, second, third]: [Duration; 3]) -> Vec<u32> {
    let (one, two, three) =
        tokio::join!(random_add(1, first), random_add(2, second), random_add(3, third));
    vec![one, two, three]
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
