//! Retry with patience, and know when to stop.
//!
//! An operation that fails is tried three times in a row, without a breath in between. Change
//! `retry`, so that it waits before it tries again: 1 s after the first failure, and twice as long
//! after the second. An operation of 2 s that always fails is then tried at 0, 3 and 7 s. After the
//! third failure nothing is waited for: its error is returned at 9 s. An operation that succeeds
//! is not tried again. All else stays as it is.
//!
//! # Hints
//!
//! 1. There are two pauses, and each of them comes *before* an attempt.
//! 2. The attempts 2 and 3 are the rounds of a loop. A variable outside of it can hold the pause.
//! 3. `sleep(pause).await`, below the check for success; then `pause *= 2`.
//!
//! # At first
//!
//! `attempt 2 starts at 2s, not at 3s`
//!
//! # Proof
//!
//! ```
//! use give_up::{NoNumbers, random_add, retry, three_attempts};
//! use timeline::{Run, record, seconds};
//! use tokio::time::timeout;
//!
//! let (result, run) = record(async { timeout(seconds(60), three_attempts()).await });
//! let result = result.expect("it never gives up");
//! let starts = |run: &Run| {
//!     let calls = run.calls().iter().filter(|call| call.id.is_some());
//!     calls.map(|call| call.start).collect::<Vec<_>>()
//! };
//! for (i, (at, due)) in starts(&run).into_iter().zip([0, 3, 7].map(seconds)).enumerate() {
//!     assert!(at == due, "attempt {} starts at {at:?}, not at {due:?}", i + 1);
//! }
//! let attempts = starts(&run).len();
//! assert!(attempts == 3, "{attempts} attempts are made, not 3");
//! assert!(run.total() == seconds(9), "the error is returned at {:?}, not at 9s", run.total());
//! let last = Err(NoNumbers { call: 3 });
//! assert!(result == last, "what is returned is not the error of attempt 3");
//!
//! // Call 3 fails, and call 4 does not.
//! let fails_once = retry(|call| random_add(call + 2, seconds(2)));
//! let (result, other) = record(async { timeout(seconds(60), fails_once).await });
//! let result = result.expect("it does not stop when an attempt succeeds");
//! let (attempts, total) = (starts(&other).len(), other.total());
//! assert!(attempts == 2, "{attempts} attempts are made where the second one succeeds");
//! assert!(total == seconds(5), "where attempt 2 succeeds, it is done at {total:?}, not at 5s");
//! assert!(result == Ok(other.returned(4)), "what is returned is not the sum of attempt 2");
//! ```

use std::{
    error::Error,
    fmt::{self, Display, Formatter},
    time::Duration,
};

use tokio::time::sleep;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    let result = three_attempts().await;
    println!("in the end: {result:?}");
}

/// Makes a call that needs more than three attempts.
pub async fn three_attempts() -> Result<u32> {
    retry(|call| random_add(call, Duration::from_secs(2))).await
}

/// Calls `operation` with 1, 2 and 3, until it succeeds.
pub async fn retry(operation: impl AsyncFn(u32) -> Result<u32>) -> Result<u32> {
    let mut result = operation(1).await;
    for attempt in [2, 3] {
        if result.is_ok() {
            break;
        }
        result = operation(attempt).await;
    }
    result
}

/// Waits for `delay`, draws five random numbers, prints them and returns their sum. Calls 1 to 3
/// find none.
#[instrument(ret, err)]
pub async fn random_add(call: u32, delay: Duration) -> Result<u32> {
    println!("call {call} starts");
    sleep(delay).await;
    if call <= 3 {
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
