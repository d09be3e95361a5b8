//! A call that blocks its thread does not let the calls joined with it begin: they run in series.
//!
//! ```
//! use blocking_in_join::three_calls;
//!
//! let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
//!
//! let (_, run) = timeline::record_wall(|second| runtime.block_on(three_calls(second)));
//!
//! assert_eq!(run.total(), timeline::seconds(5 + 8 + 2)); // not 8
//! assert_eq!(run.completion_order(), [1, 2, 3]);
//! run.assert_recorded();
//! ```

use std::{thread::sleep, time::Duration};

use tracing::instrument;

/// The entry of the program: a second lasts a second.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    let sums = three_calls(Duration::from_secs(1)).await;
    println!("the sums, in the order of the calls: {sums:?}");
}

/// Makes three calls and awaits them together.
pub async fn three_calls(second: Duration) -> (u32, u32, u32) {
    tokio::join!(random_add(1, 5 * second), random_add(2, 8 * second), random_add(3, 2 * second),)
}

/// Waits for `delay`, draws five random numbers, prints them and returns their sum.
#[instrument(ret)]
pub async fn random_add(call: u32, delay: Duration) -> u32 {
    println!("call {call} starts");
    sleep(delay);
    let numbers: [u32; 5] = std::array::from_fn(|_| rand::random_range(1..=100));
    let sum = numbers.iter().sum();
    println!("call {call} returns: {numbers:?} add up to {sum}");
    sum
}
