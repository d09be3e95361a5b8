//! `try_join!` of handles waits for all tasks; of futures that unwrap the handles, for the first error.
//!
//! ```
//! use timeline::{Outcome, seconds};
//! use try_join_tasks::{NoNumbers, handles, unwrapped_and_on};
//!
//! let (results, run) = timeline::record(handles());
//! let (_, _, third) = results.unwrap(); // all handles are `Ok`: no task has panicked
//! assert_eq!(third, Err(NoNumbers { call: 3 }));
//! assert_eq!(run.total(), seconds(8)); // not 2
//! run.assert_recorded_as("handles");
//!
//! let (result, run) = timeline::record(unwrapped_and_on());
//! assert_eq!(result, Err(NoNumbers { call: 3 }));
//! assert_eq!(run.calls_of("unwrapped").next().unwrap().end, Some(seconds(2)));
//! assert_eq!([1, 2].map(|call| run.call(call).outcome), [Outcome::Returned; 2]); // they run on
//! assert_eq!([1, 2].map(|call| run.call(call).end), [5, 8].map(|at| Some(seconds(at))));
//! run.assert_recorded_as("unwrapped");
//! ```

use std::{
    error::Error,
    fmt::{self, Display, Formatter},
    time::Duration,
};

use tokio::{
    task::{JoinError, JoinHandle},
    time::sleep,
};
use tracing::instrument;

/// Runs the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    println!("handles: {:?}", handles().await);
    println!("unwrapped: {:?}", unwrapped_and_on().await);
}

/// What a call returns.
pub type Sum = Result<u32, NoNumbers>;

/// Joins the handles of three tasks. Only a panic would be an error of theirs.
#[instrument(ret)]
pub async fn handles() -> Result<(Sum, Sum, Sum), JoinError> {
    let first = tokio::spawn(random_add(1, Duration::from_secs(5)));
    let second = tokio::spawn(random_add(2, Duration::from_secs(8)));
    let third = tokio::spawn(random_add(3, Duration::from_secs(2)));
    tokio::try_join!(first, second, third)
}

/// Joins three tasks. An error of a call is an error here.
#[instrument(ret, err)]
pub async fn unwrapped() -> Result<(u32, u32, u32), NoNumbers> {
    let first = tokio::spawn(random_add(1, Duration::from_secs(5)));
    let second = tokio::spawn(random_add(2, Duration::from_secs(8)));
    let third = tokio::spawn(random_add(3, Duration::from_secs(2)));
    tokio::try_join!(unwrap(first), unwrap(second), unwrap(third))
}

/// Goes on for nine seconds after that, to see what becomes of the tasks.
pub async fn unwrapped_and_on() -> Result<(u32, u32, u32), NoNumbers> {
    let result = unwrapped().await;
    sleep(Duration::from_secs(9)).await;
    result
}

/// Awaits a task. If it has panicked, this panics, too.
async fn unwrap(task: JoinHandle<Sum>) -> Sum {
    task.await.unwrap()
}

/// Waits for `delay`, draws five random numbers, prints them and returns their sum. Call 3 finds
/// none.
#[instrument(ret, err)]
pub async fn random_add(call: u32, delay: Duration) -> Sum {
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

/// The error of a call that finds no numbers.
#[derive(Debug, PartialEq)]
pub struct NoNumbers {
    /// The call.
    pub call: u32,
}

impl Display for NoNumbers {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "call {} found no numbers", self.call)
    }
}

impl Error for NoNumbers {}
