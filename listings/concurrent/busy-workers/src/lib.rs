//! Tasks that compute run in parallel on several workers.
//!
//! ```
//! use std::time::{Duration, Instant};
//!
//! use busy_workers::three_calls;
//! use tokio::runtime::Builder;
//!
//! let runtime = Builder::new_multi_thread().worker_threads(3).enable_all().build().unwrap();
//!
//! let ((), run) = timeline::record_wall(|second| runtime.block_on(three_calls(second)));
//! assert_eq!(run.total(), timeline::seconds(8)); // not 15
//! assert_eq!(run.completion_order(), [3, 1, 2]);
//!
//! // Whichever worker polls which task, none of them is done early.
//! let second = Duration::from_millis(1);
//! for _ in 0..50 {
//!     let start = Instant::now();
//!     runtime.block_on(three_calls(second));
//!     assert!(start.elapsed() >= 8 * second);
//! }
//! run.assert_recorded();
//! ```

use std::{
    hint,
    time::{Duration, Instant},
};

use tracing::instrument;

/// Runs the program: a second lasts a second.
#[tokio::main(flavor = "multi_thread", worker_threads = 3)]
pub async fn main() {
    three_calls(Duration::from_secs(1)).await;
}

/// Spawns three tasks that compute, and awaits them.
pub async fn three_calls(second: Duration) {
    let one = tokio::spawn(async move { busy_add(1, 5 * second) });
    let two = tokio::spawn(async move { busy_add(2, 8 * second) });
    let three = tokio::spawn(async move { busy_add(3, 2 * second) });
    one.await.unwrap();
    two.await.unwrap();
    three.await.unwrap();
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
