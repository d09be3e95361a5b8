//! Return the first answer, and stop the calls that are slower.
//!
//! `first_answer` asks three times and returns the answer that is there first, after 2 s. But the
//! other two calls run on, for answers that nobody wants. Change it so that they are stopped at
//! 2 s, although the program goes on. Leave the other functions and the delays as they are.
//!
//! # Hints
//!
//! 1. What does it take to stop a task, and what to stop a future?
//! 2. `select!` drops what has not won. Here, it drops two handles.
//! 3. Give the three futures to `select!` as they are, without tasks around them.
//!
//! # At first
//!
//! The proof fails with `call 1 ends at 5s, not at 2s`.
//!
//! # Proof
//!
//! ```standalone_crate
//! use first_answer::{first_answer, nine_seconds};
//! use timeline::{Outcome, record, seconds};
//!
//! let (answer, run) = record(first_answer());
//! assert!(run.total() == seconds(2), "the answer is there at {:?}, not at 2s", run.total());
//! let calls = run.calls().iter().filter(|call| call.id.is_some()).count();
//! assert!(calls == 3, "{calls} calls are made, not 3");
//! for (call, delay) in [(1, "5s"), (2, "8s"), (3, "2s")] {
//!     let made = run.call(call);
//!     assert!(made.start == seconds(0), "call {call} starts at {:?}, not at 0s", made.start);
//!     assert!(made.arguments["delay"] == delay, "call {call} takes another time than {delay}");
//! }
//! assert!(run.call(3).end == Some(seconds(2)), "call 3 does not end at 2s");
//! assert!(answer == run.returned::<u32>(3), "{answer} is not what call 3 has returned");
//!
//! let ((), longer) = record(nine_seconds());
//! assert!(longer.total() == seconds(9), "the program ends at {:?}, not at 9s", longer.total());
//! for call in [1, 2] {
//!     let made = longer.call(call);
//!     let end = made.end.unwrap();
//!     assert!(end == seconds(2), "call {call} ends at {end:?}, not at 2s");
//!     assert!(made.outcome == Outcome::Dropped, "call {call} is {}, not dropped", made.outcome);
//! }
//! ```

use std::time::Duration;

use tokio::time::sleep;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    nine_seconds().await;
}

/// Takes the first answer and goes on for seven seconds.
pub async fn nine_seconds() {
    let answer = first_answer().await;
    println!("the first answer: {answer}");
    sleep(Duration::from_secs(7)).await;
}

/// Makes three calls and returns the sum that is there first. `biased` polls them as written.
pub async fn first_answer() -> u32 {
    let one = tokio::spawn(random_add(1, Duration::from_secs(5)));
    let two = tokio::spawn(random_add(2, Duration::from_secs(8)));
    let three = tokio::spawn(random_add(3, Duration::from_secs(2)));
    tokio::select! {
        biased;
        sum = one => sum.unwrap(),
        sum = two => sum.unwrap(),
        sum = three => sum.unwrap(),
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
