//! A generator that is dropped at the end of a block, before the `.await`, lets the call be spawned.
//!
//! ```
//! let ((), run) = timeline::record(rng_in_a_block::three_calls());
//!
//! assert_eq!(run.total(), timeline::seconds(8));
//! assert_eq!(run.completion_order(), [3, 1, 2]);
//! assert!(run.calls().iter().all(|call| call.task.is_some())); // each call is a task
//! run.assert_recorded();
//! ```

use std::time::Duration;

use rand::RngExt;
use tokio::{task::JoinSet, time::sleep};
use tracing::instrument;

/// Runs the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    three_calls().await;
}

/// Spawns three calls and awaits all of them.
pub async fn three_calls() {
    let mut calls = JoinSet::new();
    calls.spawn(random_add(1, Duration::from_secs(5)));
    calls.spawn(random_add(2, Duration::from_secs(8)));
    calls.spawn(random_add(3, Duration::from_secs(2)));
    calls.join_all().await;
}

/// Draws five numbers from the thread's random generator, and only then waits for `delay`.
#[instrument(ret)]
pub async fn random_add(call: u32, delay: Duration) -> u32 {
    println!("call {call} starts");
    let numbers: [u32; 5] = {
        let mut rng = rand::rng();
        std::array::from_fn(|_| rng.random_range(1..=100))
    };
    sleep(delay).await;
    let sum = numbers.iter().sum();
    println!("call {call} returns: {numbers:?} add up to {sum}");
    sum
}
