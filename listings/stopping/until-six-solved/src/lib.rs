//! A `JoinSet` and a deadline keep the sums that are there in time, and stop the other call.
//!
//! ```standalone_crate
//! use timeline::{Outcome, record, seconds};
//! use until_six_solved::until_six;
//!
//! let (sums, run) = record(until_six());
//! assert!(run.total() == seconds(6), "the sums are there at {:?}, not at 6s", run.total());
//! let calls = run.calls().iter().filter(|call| call.id.is_some()).count();
//! assert!(calls == 3, "{calls} calls are made, not 3");
//! for (call, delay) in [(1, "5s"), (2, "8s"), (3, "2s")] {
//!     let made = run.call(call);
//!     assert!(made.start == seconds(0), "call {call} starts at {:?}, not at 0s", made.start);
//!     assert!(made.arguments["delay"] == delay, "call {call} takes another time than {delay}");
//! }
//! for (call, end) in [(1, 5), (3, 2)] {
//!     let made = run.call(call);
//!     assert!(made.outcome == Outcome::Returned, "call {call} is {}", made.outcome);
//!     assert!(made.end == Some(seconds(end)), "call {call} does not end at {end}s");
//! }
//! let returned: [u32; 2] = [run.returned(1), run.returned(3)];
//! let is_right = sums == returned || sums == [returned[1], returned[0]];
//! assert!(is_right, "the sums are {sums:?}; calls 1 and 3 have returned {returned:?}");
//!
//! let (_, longer) = record(async {
//!     until_six().await;
//!     tokio::time::sleep(seconds(3)).await;
//! });
//! let two = longer.call(2);
//! let end = two.end.unwrap();
//! assert!(end == seconds(6), "call 2 ends at {end:?}, not at 6s");
//! assert!(two.outcome == Outcome::Dropped, "call 2 is {}, not dropped", two.outcome);
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
    let sums = until_six().await;
    println!("the sums that are there: {sums:?}");
}

/// Makes three calls and returns the sums that are there after six seconds.
pub async fn until_six() -> Vec<u32> {
    let deadline = Instant::now() + Duration::from_secs(6);
    let mut tasks = JoinSet::new();
    tasks.spawn(random_add(1, Duration::from_secs(5)));
    tasks.spawn(random_add(2, Duration::from_secs(8)));
    tasks.spawn(random_add(3, Duration::from_secs(2)));
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
