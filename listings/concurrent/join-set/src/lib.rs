//! A `JoinSet` takes any number of tasks and hands out their results as they complete.
//!
//! ```standalone_crate
//! let (sums, run) = timeline::record(join_set::three_calls());
//!
//! assert_eq!(run.total(), timeline::seconds(8)); // not 15
//! assert_eq!(run.completion_order(), [3, 1, 2]);
//! assert_eq!(sums, [3, 1, 2].map(|call| run.returned::<u32>(call))); // the order of completion
//! run.assert_recorded();
//! ```

use std::time::Duration;

use tokio::{task::JoinSet, time::sleep};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    let sums = three_calls().await;
    println!("the sums, in the order of completion: {sums:?}");
}

/// Makes the usual three calls.
pub async fn three_calls() -> Vec<u32> {
    calls([5, 8, 2].map(Duration::from_secs)).await
}

/// Spawns a task for each delay and collects the results as they come in.
pub async fn calls(delays: impl IntoIterator<Item = Duration>) -> Vec<u32> {
    let mut tasks = JoinSet::new();
    for (call, delay) in (1..).zip(delays) {
        tasks.spawn(random_add(call, delay));
    }
    let mut sums = Vec::new();
    while let Some(sum) = tasks.join_next().await {
        sums.push(sum.unwrap());
    }
    sums
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
