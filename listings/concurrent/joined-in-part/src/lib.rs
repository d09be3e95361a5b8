//! What is joined overlaps, what is awaited in between does not.
//!
//! ```standalone_crate
//! use joined_in_part::{two_beside, two_last};
//!
//! let ((), run) = timeline::record(two_last());
//! assert_eq!(run.total(), timeline::seconds(8 + 2));
//! assert_eq!(run.completion_order(), [1, 2, 3]);
//! run.assert_recorded_as("two-last");
//!
//! let ((), run) = timeline::record(two_beside());
//! assert_eq!(run.total(), timeline::seconds(8)); // the larger of 5 + 2 and 8
//! assert_eq!(run.completion_order(), [1, 3, 2]);
//! run.assert_recorded_as("two-beside");
//! ```

use std::time::Duration;

use tokio::time::sleep;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    println!("call 3 after both of the others:");
    two_last().await;
    println!("call 3 after call 1, beside call 2:");
    two_beside().await;
}

/// Calls 1 and 2 together, and call 3 when both have returned.
pub async fn two_last() {
    tokio::join!(random_add(1, Duration::from_secs(5)), random_add(2, Duration::from_secs(8)));
    random_add(3, Duration::from_secs(2)).await;
}

/// Call 3 when call 1 has returned, and call 2 beside them.
pub async fn two_beside() {
    let one_then_three = async {
        random_add(1, Duration::from_secs(5)).await;
        random_add(3, Duration::from_secs(2)).await;
    };
    tokio::join!(one_then_three, random_add(2, Duration::from_secs(8)));
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
