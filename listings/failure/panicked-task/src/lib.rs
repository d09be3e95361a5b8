//! A panic ends its task and no other; whoever awaits the task is told.
//!
//! ```standalone_crate
//! use timeline::{Outcome, seconds};
//!
//! let (results, run) = timeline::record(panicked_task::three_calls());
//!
//! assert_eq!(run.call(3).outcome, Outcome::Panicked);
//! assert_eq!(run.call(3).end, Some(seconds(2)));
//! assert_eq!(run.completion_order(), [1, 2]); // the others have not noticed
//! assert_eq!(run.total(), seconds(8));
//! let [first, second, third] = results;
//! assert!(first.is_ok() && second.is_ok());
//! assert!(third.unwrap_err().is_panic());
//! run.assert_recorded();
//! ```

use std::time::Duration;

use tokio::{task::JoinError, time::sleep};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    let results = three_calls().await;
    println!("the program hears of it: {results:?}");
}

/// Spawns three tasks and awaits them.
pub async fn three_calls() -> [Result<u32, JoinError>; 3] {
    let first = tokio::spawn(random_add(1, Duration::from_secs(5)));
    let second = tokio::spawn(random_add(2, Duration::from_secs(8)));
    let third = tokio::spawn(random_add(3, Duration::from_secs(2)));
    [first.await, second.await, third.await]
}

/// Waits for `delay`, draws five random numbers, prints them and returns their sum. Call 3 panics.
#[instrument(ret)]
pub async fn random_add(call: u32, delay: Duration) -> u32 {
    println!("call {call} starts");
    sleep(delay).await;
    if call == 3 {
        panic!("call {call} found no numbers");
    }
    let numbers: [u32; 5] = std::array::from_fn(|_| rand::random_range(1..=100));
    let sum = numbers.iter().sum();
    println!("call {call} returns: {numbers:?} add up to {sum}");
    sum
}
