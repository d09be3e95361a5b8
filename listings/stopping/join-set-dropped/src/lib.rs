//! A `JoinSet` that is dropped stops all its tasks.
//!
//! ```standalone_crate
//! use timeline::{Outcome, seconds};
//!
//! let (sum, run) = timeline::record(join_set_dropped::first_of_three());
//!
//! assert_eq!(run.total(), seconds(2 + 4));
//! assert_eq!(run.completion_order(), [3]);
//! assert_eq!(sum, run.returned::<u32>(3));
//! for call in [1, 2] {
//!     assert_eq!(run.call(call).outcome, Outcome::Dropped);
//!     assert_eq!(run.call(call).end, Some(seconds(2))); // not 5 or 6
//! }
//! run.assert_recorded();
//! ```

use std::time::Duration;

use tokio::{task::JoinSet, time::sleep};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    first_of_three().await;
}

/// Spawns three tasks, drops them when the first is done, and returns its sum four seconds later.
pub async fn first_of_three() -> u32 {
    let mut tasks = JoinSet::new();
    tasks.spawn(random_add(1, Duration::from_secs(5)));
    tasks.spawn(random_add(2, Duration::from_secs(8)));
    tasks.spawn(random_add(3, Duration::from_secs(2)));
    let sum = tasks.join_next().await.unwrap().unwrap();
    drop(tasks);
    println!("the first sum: {sum}");
    sleep(Duration::from_secs(4)).await;
    sum
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
