//! `select!` takes the future that is ready first, and drops the others.
//!
//! ```standalone_crate
//! use timeline::{Outcome, seconds};
//!
//! let (sum, run) = timeline::record(select::first_of_two());
//!
//! assert_eq!(run.total(), seconds(2));
//! assert_eq!(run.completion_order(), [3]);
//! assert_eq!(sum, run.returned::<u32>(3));
//! assert_eq!(run.call(1).outcome, Outcome::Dropped); // three seconds too early
//! assert_eq!(run.call(1).end, Some(seconds(2)));
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

/// Makes two calls and returns the sum that is there first. `biased` polls them as written.
pub async fn first_of_two() -> u32 {
    let one = random_add(1, Duration::from_secs(5));
    let three = random_add(3, Duration::from_secs(2));
    let sum = tokio::select! {
        biased;
        sum = one => sum,
        sum = three => sum,
    };
    println!("the first sum: {sum}");
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
