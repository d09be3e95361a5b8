//! To drop a handle detaches the task: it runs on, and nobody hears what becomes of it.
//!
//! ```standalone_crate
//! use timeline::{Outcome, seconds};
//!
//! let (_, run) = timeline::record(handle_dropped::three_calls());
//!
//! assert_eq!(run.call(3).outcome, Outcome::Panicked); // so it was not cancelled
//! assert_eq!(run.call(3).end, Some(seconds(2)));
//! assert_eq!(run.completion_order(), [1, 2]);
//! assert_eq!(run.total(), seconds(8));
//! run.assert_recorded();
//! ```

use std::time::Duration;

use tokio::time::sleep;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    let sums = three_calls().await;
    println!("the program ends well, with {sums:?}");
}

/// Spawns three tasks, drops the handle of the third, and awaits the others.
pub async fn three_calls() -> [u32; 2] {
    let first = tokio::spawn(random_add(1, Duration::from_secs(5)));
    let second = tokio::spawn(random_add(2, Duration::from_secs(8)));
    drop(tokio::spawn(random_add(3, Duration::from_secs(2))));
    [first.await.unwrap(), second.await.unwrap()]
}

/// Waits for `delay`, draws five random numbers, prints them and returns their sum. Call 3 panics.
#[instrument(ret)]
pub async fn random_add(call: u32, delay: Duration) -> u32 {
    println!("call {call} starts");
    sleep(delay).await;
    if call == 3 {
        panic!("call {call} found no numbers");
    }
    let numbers: [u32; 5] = std::array::from_fn(|_| rand::random_range(1..=100));
    let sum = numbers.iter().sum();
    println!("call {call} returns: {numbers:?} add up to {sum}");
    sum
}
