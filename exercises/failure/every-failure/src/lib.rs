//! Hear of every failure, not only of the first.
//!
//! Two of four calls fail, and the program learns of one of them: `try_join_all` gives up at 2 s.
//! Change `four_calls`, so that it returns what each of the four calls gave, sum or error, in the
//! order of the calls. That takes 8 s, as long as the slowest call. All else stays as it is.
//!
//! # Hints
//!
//! 1. The type that `four_calls` returns has room for all of them already.
//! 2. Something that joins and does not care whether a result is `Ok` or `Err` waits for all.
//! 3. `try_join_all` has a sister without `try`. It returns a list of results, in order.
//!
//! # At first
//!
//! `the number of results is 1, not 4`
//!
//! # Proof
//!
//! ```
//! use every_failure::four_calls;
//! use timeline::{Outcome, record, seconds};
//! use tokio::time::timeout;
//!
//! let (results, run) = record(async { timeout(seconds(60), four_calls()).await });
//! let results = results.expect("the calls are never done");
//!
//! assert!(results.len() == 4, "the number of results is {}, not 4", results.len());
//! assert!(run.total() == seconds(8), "it is done at {:?}, not at 8s", run.total());
//!
//! let made = run.calls().iter().filter(|call| call.id.is_some()).count();
//! assert!(made == 4, "{made} calls are made, not 4");
//! let [failed, returned] = [Outcome::Failed, Outcome::Returned];
//! let outcomes = [failed, returned, failed, returned];
//! for (i, delay) in [5, 8, 2, 4].map(seconds).into_iter().enumerate() {
//!     let (call, number) = (run.call(i as u32 + 1), i + 1);
//!     assert!(call.end == Some(call.start + delay), "call {number} does not take {delay:?}");
//!     assert!(call.outcome == outcomes[i], "call {number} has {}", call.outcome);
//!     let (outcome, value) = match &results[i] {
//!         Ok(sum) => (returned, sum.to_string()),
//!         Err(error) => (failed, error.to_string()),
//!     };
//!     let is_its_own = outcome == call.outcome && Some(value) == call.value;
//!     assert!(is_its_own, "result {number} is not what call {number} gave");
//! }
//! ```

use std::{
    error::Error,
    fmt::{self, Display, Formatter},
    time::Duration,
};

use futures::future::try_join_all;
use tokio::time::sleep;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    for result in four_calls().await {
        println!("{result:?}");
    }
}

/// Makes four calls together and returns their results.
pub async fn four_calls() -> Vec<Result<u32>> {
    let delays = [5, 8, 2, 4].map(Duration::from_secs);
    let calls = (1..).zip(delays).map(|(call, delay)| random_add(call, delay));
    match try_join_all(calls).await {
        Ok(sums) => sums.into_iter().map(Ok).collect(),
        Err(error) => vec![Err(error)],
    }
}

/// Waits for `delay`, draws five random numbers, prints them and returns their sum. Odd calls
/// find none.
#[instrument(ret, err)]
pub async fn random_add(call: u32, delay: Duration) -> Result<u32> {
    println!("call {call} starts");
    sleep(delay).await;
    if call % 2 == 1 {
        println!("call {call} fails: no numbers");
        return Err(NoNumbers { call });
    }
    let numbers: [u32; 5] = std::array::from_fn(|_| rand::random_range(1..=100));
    let sum = numbers.iter().sum();
    println!("call {call} returns: {numbers:?} add up to {sum}");
    Ok(sum)
}

/// What a call returns.
pub type Result<T> = std::result::Result<T, NoNumbers>;

/// The error of a call that finds no numbers.
#[derive(Debug, PartialEq)]
pub struct NoNumbers {
    /// The call.
    pub call: u32,
}

impl Display for NoNumbers {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        write!(f, "call {} found no numbers", self.call)
    }
}

impl Error for NoNumbers {}
