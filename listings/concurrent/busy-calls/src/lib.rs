//! Calls that work instead of waiting gain nothing from `join!`, and everything from threads.
//!
//! ```standalone_crate
//! use busy_calls::{joined, on_threads};
//! use timeline::record_wall_as;
//!
//! let runtime = tokio::runtime::Runtime::new().unwrap();
//!
//! let ((), run) = record_wall_as("joined", |second| runtime.block_on(joined(second)));
//! assert_eq!(run.total(), timeline::seconds(5 + 8 + 2)); // not 8
//! assert_eq!(run.completion_order(), [1, 2, 3]);
//! run.assert_recorded_as("joined");
//!
//! let ((), run) = record_wall_as("on-threads", |second| runtime.block_on(on_threads(second)));
//! assert_eq!(run.total(), timeline::seconds(8));
//! assert_eq!(run.completion_order(), [3, 1, 2]);
//! run.assert_recorded_as("on-threads");
//! ```

use std::{
    hint,
    time::{Duration, Instant},
};

use tokio::task::JoinSet;
use tracing::instrument;

/// The entry of the program: a second lasts a second.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    println!("three calls in one task:");
    joined(Duration::from_secs(1)).await;
    println!("three calls on three threads:");
    on_threads(Duration::from_secs(1)).await;
}

/// Makes three calls and awaits them together.
pub async fn joined(second: Duration) {
    tokio::join!(async { busy_add(1, 5 * second) }, async { busy_add(2, 8 * second) }, async {
        busy_add(3, 2 * second)
    },);
}

/// Makes three calls on threads that the runtime keeps for work that blocks.
pub async fn on_threads(second: Duration) {
    let mut calls = JoinSet::new();
    calls.spawn_blocking(move || busy_add(1, 5 * second));
    calls.spawn_blocking(move || busy_add(2, 8 * second));
    calls.spawn_blocking(move || busy_add(3, 2 * second));
    calls.join_all().await;
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
