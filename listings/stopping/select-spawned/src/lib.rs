//! `select!` drops the handles of the tasks that were slower, and the tasks run on.
//!
//! ```standalone_crate
//! use timeline::{Outcome, seconds};
//!
//! let (sum, run) = timeline::record(select_spawned::first_of_two());
//!
//! assert_eq!(run.total(), seconds(2 + 4));
//! assert_eq!(run.completion_order(), [3, 1]);
//! assert_eq!(sum, run.returned::<u32>(3));
//! assert_eq!(run.call(1).outcome, Outcome::Returned); // its sum is lost
//! assert_eq!(run.call(1).end, Some(seconds(5)));
//! run.assert_recorded();
//! ```

use std::time::Duration;

use tokio::time::sleep;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    first_of_two().await;
}

/// Spawns two tasks and returns the sum that is there first, four seconds later. `biased` polls
/// the handles as written.
pub async fn first_of_two() -> u32 {
    let one = tokio::spawn(random_add(1, Duration::from_secs(5)));
    let three = tokio::spawn(random_add(3, Duration::from_secs(2)));
    let sum = tokio::select! {
        biased;
        sum = one => sum.unwrap(),
        sum = three => sum.unwrap(),
    };
    println!("the first sum: {sum}");
    sleep(Duration::from_secs(4)).await;
    sum
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
