//! `try_join!` ends with the first error, and drops the other calls.
//!
//! ```standalone_crate
//! use timeline::{Outcome, seconds};
//! use try_join::NoNumbers;
//!
//! let (results, run) = timeline::record(try_join::three_calls());
//!
//! assert_eq!(run.total(), seconds(2)); // not 8
//! assert_eq!(run.completion_order(), [3]);
//! assert_eq!(run.call(3).outcome, Outcome::Failed);
//! for call in [1, 2] {
//!     assert_eq!(run.call(call).outcome, Outcome::Dropped);
//! }
//! assert_eq!(results, Err(NoNumbers { call: 3 }));
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
    let results = three_calls().await;
    println!("the program hears of it: {results:?}");
}

/// Makes three calls and awaits them together.
pub async fn three_calls() -> Result<(u32, u32, u32)> {
    tokio::try_join!(
        random_add(1, Duration::from_secs(5)),
        random_add(2, Duration::from_secs(8)),
        random_add(3, Duration::from_secs(2)),
    )
}

/// Waits for `delay`, draws five random numbers, prints them and returns their sum. Call 3 finds
/// none.
#[instrument(ret, err)]
pub async fn random_add(call: u32, delay: Duration) -> Result<u32> {
    println!("call {call} starts");
    sleep(delay).await;
    if call == 3 {
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
