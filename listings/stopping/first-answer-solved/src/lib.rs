//! Futures that lose in `select!` are stopped; they need no tasks.
//!
//! ```
//! use first_answer_solved::first_answer;
//! use timeline::{Outcome, record, seconds};
//! use tokio::time::{sleep, timeout};
//!
//! let with_delays = |delays: [u64; 3], fastest: u32| {
//!     let which = format!("with delays of {delays:?} s");
//!     let first = seconds(delays[fastest as usize - 1]);
//!     let program = async { timeout(seconds(60), first_answer(delays.map(seconds))).await };
//!     let (answer, run) = record(program);
//!     let answer = answer.unwrap_or_else(|_| panic!("{which}, there is no answer"));
//!     let total = run.total();
//!     assert!(total == first, "{which}, the answer is there at {total:?}, not at {first:?}");
//!     let calls = run.calls_of("random_add").count();
//!     assert!(calls == 3, "{which}, {calls} calls are made, not 3");
//!     for (call, delay) in (1..).zip(delays) {
//!         let made = run.call(call);
//!         assert!(made.start == seconds(0), "{which}, call {call} starts at {:?}", made.start);
//!         let is_delayed = made.arguments["delay"] == format!("{delay}s");
//!         assert!(is_delayed, "{which}, call {call} takes another time");
//!     }
//!     let made = run.call(fastest);
//!     assert!(made.outcome == Outcome::Returned, "{which}, call {fastest} is {}", made.outcome);
//!     let value: u32 = run.returned(fastest);
//!     assert!(value == answer, "{which}, {answer} is not what call {fastest} has returned");
//!
//!     let (_, longer) = record(async {
//!         first_answer(delays.map(seconds)).await;
//!         sleep(seconds(9)).await;
//!     });
//!     for call in (1..=3).filter(|&call| call != fastest) {
//!         let made = longer.call(call);
//!         let end = made.end.unwrap();
//!         assert!(end == first, "{which}, call {call} ends at {end:?}, not at {first:?}");
//!         let is_dropped = made.outcome == Outcome::Dropped;
//!         assert!(is_dropped, "{which}, call {call} is {}, not dropped", made.outcome);
//!     }
//!     run
//! };
//!
//! let run = with_delays([5, 8, 2], 3);
//! with_delays([3, 1, 4], 2);
//! with_delays([1, 6, 2], 1);
//! run.assert_recorded();
//! ```

use std::time::Duration;

use tokio::time::sleep;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    nine_seconds().await;
}

/// Takes the first of three answers and goes on for seven seconds.
pub async fn nine_seconds() {
    let answer = first_answer([5, 8, 2].map(Duration::from_secs)).await;
    println!("the first answer: {answer}");
    sleep(Duration::from_secs(7)).await;
}

/// Makes three calls and returns the sum that is there first. `biased` polls them as written.
pub async fn first_answer([first, second, third]: [Duration; 3]) -> u32 {
    tokio::select! {
        biased;
        sum = random_add(1, first) => sum,
        sum = random_add(2, second) => sum,
        sum = random_add(3, third) => sum,
    }
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
