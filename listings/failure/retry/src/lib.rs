//! A retry with a growing pause: an operation that fails twice has its result after 9 seconds.
//!
//! ```standalone_crate
//! use retry::{NoNumbers, random_add, three_attempts};
//! use timeline::{Outcome, record, seconds};
//!
//! let (sum, run) = record(three_attempts());
//!
//! assert_eq!([1, 2, 3].map(|call| run.call(call).start), [0, 3, 7].map(seconds));
//! assert_eq!([1, 2].map(|call| run.call(call).outcome), [Outcome::Failed; 2]);
//! assert_eq!(run.completion_order(), [1, 2, 3]);
//! assert_eq!(run.total(), seconds(2 + 1 + 2 + 2 + 2));
//! assert_eq!(sum, Ok(run.returned(3)));
//!
//! // With two attempts only, the second error is the last word, and no pause follows it.
//! let two = retry::retry(2, seconds(1), |call| random_add(call, seconds(2)));
//! let (sum, short) = record(two);
//! assert_eq!(sum, Err(NoNumbers { call: 2 }));
//! assert_eq!(short.total(), seconds(2 + 1 + 2));
//! run.assert_recorded();
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

/// Makes a call up to three times.
pub async fn three_attempts() -> Result<u32> {
    retry(3, Duration::from_secs(1), |call| random_add(call, Duration::from_secs(2))).await
}

/// Calls `operation` with 1, 2, 3, … until it succeeds, and at most `attempts` times. Waits after
/// each failure but the last: for `pause` at first, and twice as long each time.
pub async fn retry<T>(
    attempts: u32,
    mut pause: Duration,
    operation: impl AsyncFn(u32) -> Result<T>,
) -> Result<T> {
    for attempt in 1..attempts {
        if let Ok(value) = operation(attempt).await {
            return Ok(value);
        }
        sleep(pause).await;
        pause *= 2;
    }
    operation(attempts).await
}

/// Waits for `delay`, draws five random numbers, prints them and returns their sum. Calls 1 and
/// 2 find none.
#[instrument(ret, err)]
pub async fn random_add(call: u32, delay: Duration) -> Result<u32> {
    println!("call {call} starts");
    sleep(delay).await;
    if call < 3 {
        println!("call {call} fails: no numbers");
        return Err(NoNumbers { call });
    }
    let numbers: [u32; 5] = std::array::from_fn(|_| rand::random_range(1..=100));
    let sum = numbers.iter().sum();
    println!("call {call} returns: {numbers:?} add up to {sum}");
    Ok(sum)
}

/// What a call gives.
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
