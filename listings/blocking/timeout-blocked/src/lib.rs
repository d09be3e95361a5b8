//! Neither `timeout` nor `select!` interrupts a call that blocks.
//!
//! ```
//! use timeline::{Outcome, record_wall_as, seconds};
//! use timeout_blocked::{first_of_two, in_three_seconds};
//!
//! let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
//!
//! let (sum, run) =
//!     record_wall_as("timeout", |second| runtime.block_on(in_three_seconds(second)));
//! assert!(sum.is_ok()); // and yet far too late
//! assert_eq!(run.total(), seconds(8)); // not 3
//! run.assert_recorded_as("timeout");
//!
//! let (_, run) = record_wall_as("select", |second| runtime.block_on(first_of_two(second)));
//! assert_eq!(run.completion_order(), [2]);
//! assert_eq!(run.call(3).outcome, Outcome::Dropped); // its two seconds are long over
//! assert_eq!(run.total(), seconds(8)); // not 2
//! run.assert_recorded_as("select");
//! ```

use std::{thread, time::Duration};

use tokio::time::{error::Elapsed, sleep, timeout};
use tracing::instrument;

/// The entry of the program: a second lasts a second.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    println!("in three seconds: {:?}", in_three_seconds(Duration::from_secs(1)).await);
    println!("the first of two: {}", first_of_two(Duration::from_secs(1)).await);
}

/// Waits three seconds for a sum, and no longer; at least, that is the intention.
pub async fn in_three_seconds(second: Duration) -> Result<u32, Elapsed> {
    within(3 * second, blocking_add(2, 8 * second)).await
}

/// Waits for a call as long as there is patience.
#[instrument(ret, skip(call))]
pub async fn within(patience: Duration, call: impl Future<Output = u32>) -> Result<u32, Elapsed> {
    timeout(patience, call).await
}

/// Makes two calls and returns the sum that is there first; at least, that is the intention.
pub async fn first_of_two(second: Duration) -> u32 {
    tokio::select! {
        biased;
        sum = random_add(3, 2 * second) => sum,
        sum = blocking_add(2, 8 * second) => sum,
    }
}

/// Waits for `delay`, and lets others have the thread; draws a number and returns it.
#[instrument(ret)]
pub async fn random_add(call: u32, delay: Duration) -> u32 {
    println!("call {call} starts");
    sleep(delay).await;
    rand::random_range(1..=100)
}

/// Waits for `delay`, and keeps the thread; draws a number and returns it.
#[instrument(ret)]
pub async fn blocking_add(call: u32, delay: Duration) -> u32 {
    println!("call {call} starts");
    thread::sleep(delay);
    rand::random_range(1..=100)
}
