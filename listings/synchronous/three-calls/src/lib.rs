//! Three calls in a row take the sum of their delays.
//!
//! ```standalone_crate
//! let ((), run) = timeline::record_wall(three_calls::three_calls);
//!
//! assert_eq!(run.total(), timeline::seconds(5 + 8 + 2));
//! assert_eq!(run.completion_order(), [1, 2, 3]);
//! run.assert_recorded();
//! ```

use std::{thread, time::Duration};

use tracing::instrument;

/// The entry of the program: a second lasts a second.
pub fn main() {
    three_calls(Duration::from_secs(1));
}

/// Makes three calls, one after the other.
pub fn three_calls(second: Duration) {
    random_add(1, 5 * second);
    random_add(2, 8 * second);
    random_add(3, 2 * second);
}

/// Waits for `delay`, draws five random numbers, prints them and returns their sum.
#[instrument(ret)]
pub fn random_add(call: u32, delay: Duration) -> u32 {
    println!("call {call} starts");
    thread::sleep(delay);
    let numbers: [u32; 5] = std::array::from_fn(|_| rand::random_range(1..=100));
    let sum = numbers.iter().sum();
    println!("call {call} returns: {numbers:?} add up to {sum}");
    sum
}
