//! A `JoinSet` that is dropped takes its tasks with it; so an early return leaves none behind.
//!
//! ```standalone_crate
//! use first_error::{NoNumbers, three_calls};
//! use timeline::{Outcome, record, seconds};
//!
//! let (result, run) = record(three_calls());
//!
//! assert_eq!(run.total(), seconds(2)); // not 8
//! assert_eq!(run.completion_order(), [3]);
//! assert_eq!(result, Err(NoNumbers { call: 3 }));
//!
//! // It is not the end of the program that stops the others: here the program goes on.
//! let ((), longer) = record(async {
//!     three_calls().await.unwrap_err();
//!     tokio::time::sleep(seconds(10)).await;
//! });
//! assert_eq!(longer.total(), seconds(12));
//! for call in [1, 2] {
//!     assert_eq!(longer.call(call).outcome, Outcome::Dropped);
//!     assert_eq!(longer.call(call).end, Some(seconds(2)));
//! }
//! run.assert_recorded();
//! ```

use std::{
    error::Error,
    fmt::{self, Display, Formatter},
    time::Duration,
};

use tokio::{task::JoinSet, time::sleep};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    let result = three_calls().await;
    println!("the program hears of it: {result:?}");
}

/// Spawns three tasks and adds up what they return, until one of them fails.
pub async fn three_calls() -> Result<u32> {
    let mut tasks = JoinSet::new();
    tasks.spawn(random_add(1, Duration::from_secs(5)));
    tasks.spawn(random_add(2, Duration::from_secs(8)));
    tasks.spawn(random_add(3, Duration::from_secs(2)));
    let mut sum = 0;
    while let Some(result) = tasks.join_next().await {
        sum += result.unwrap()?;
    }
    Ok(sum)
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
