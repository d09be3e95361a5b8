//! A pool of threads takes work that computes, without any async.
//!
//! ```standalone_crate
//! let ((), run) = timeline::record_wall(busy_pool::three_calls);
//!
//! assert_eq!(run.total(), timeline::seconds(8)); // not 15
//! assert_eq!(run.completion_order(), [3, 1, 2]);
//! run.assert_recorded();
//! ```

use std::{
    hint,
    time::{Duration, Instant},
};

use rayon::ThreadPoolBuilder;
use tracing::instrument;

/// The entry of the program: a second lasts a second.
pub fn main() {
    three_calls(Duration::from_secs(1));
}

/// Makes three calls on a pool of three threads.
pub fn three_calls(second: Duration) {
    let pool = ThreadPoolBuilder::new().num_threads(3).build().unwrap();
    pool.in_place_scope(|scope| {
        scope.spawn(|_| _ = busy_add(1, 5 * second));
        scope.spawn(|_| _ = busy_add(2, 8 * second));
        scope.spawn(|_| _ = busy_add(3, 2 * second));
    });
}

/// Keeps its thread busy for `delay`, draws five random numbers and returns their sum.
#[instrument(ret)]
pub fn busy_add(call: u32, delay: Duration) -> u32 {
    println!("call {call} starts");
    let start = Instant::now();
    while start.elapsed() < delay {
        hint::spin_loop();
    }
    let numbers: [u32; 5] = std::array::from_fn(|_| rand::random_range(1..=100));
    let sum = numbers.iter().sum();
    println!("call {call} returns: {numbers:?} add up to {sum}");
    sum
}
