//! One call takes as long as its delay.
//!
//! ```standalone_crate
//! let ((), run) = timeline::record_wall(random_add::one_call);
//!
//! assert_eq!(run.total(), timeline::seconds(5));
//! assert_eq!(run.completion_order(), [1]);
//! run.assert_recorded();
//! ```

use std::{thread, time::Duration};

use tracing::instrument;

/// The entry of the program: a second lasts a second.
pub fn main() {
    one_call(Duration::from_secs(1));
}

/// Makes one call that waits for five seconds, each as long as `second`.
pub fn one_call(second: Duration) {
    random_add(1, 5 * second);
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
