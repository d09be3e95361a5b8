//! A `JoinSet` and a deadline keep the sums that are there in time, and stop the other calls.
//!
//! ```
//! use until_six_solved::until_six;
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
//! run.assert_recorded();
//! ```

use std::time::Duration;

use tokio::{
    task::JoinSet,
    time::{Instant, sleep, timeout_at},
};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    let sums = until_six([5, 8, 2].map(Duration::from_secs)).await;
    println!("the sums that are there: {sums:?}");
}

/// Makes three calls and returns the sums that are there after six seconds.
pub async fn until_six(delays: [Duration; 3]) -> Vec<u32> {
    let deadline = Instant::now() + Duration::from_secs(6);
    let mut tasks = JoinSet::new();
    for (call, delay) in (1..).zip(delays) {
        tasks.spawn(random_add(call, delay));
    }
    let mut sums = Vec::new();
    while let Ok(Some(sum)) = timeout_at(deadline, tasks.join_next()).await {
        sums.push(sum.unwrap());
    }
    sums
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
