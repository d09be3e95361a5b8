//! The same three calls on three threads take as long as the slowest.
//!
//! ```standalone_crate
//! let ((), run) = timeline::record_wall(three_threads::three_threads);
//!
//! assert_eq!(run.total(), timeline::seconds(8)); // not 15
//! assert_eq!(run.completion_order(), [3, 1, 2]);
//! run.assert_recorded();
//! ```

use std::{thread, time::Duration};

use tracing::instrument;

/// The entry of the program: a second lasts a second.
pub fn main() {
    three_threads(Duration::from_secs(1));
}

/// Makes three calls, each on a thread of its own, and waits for the three threads.
pub fn three_threads(second: Duration) {
    thread::scope(|scope| {
        scope.spawn(|| random_add(1, 5 * second));
        scope.spawn(|| random_add(2, 8 * second));
        scope.spawn(|| random_add(3, 2 * second));
    });
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
