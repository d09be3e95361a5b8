//! A task that is aborted is dropped at once, and its handle says so.
//!
//! ```standalone_crate
//! use timeline::{Outcome, seconds};
//!
//! let ((one, two, three), run) = timeline::record(abort::two_of_three());
//!
//! assert_eq!(run.total(), seconds(5)); // not 8
//! assert_eq!(run.completion_order(), [3, 1]);
//! assert_eq!(run.call(2).outcome, Outcome::Dropped);
//! assert_eq!(run.call(2).end, Some(seconds(3)));
//! assert!(two.unwrap_err().is_cancelled());
//! assert_eq!((one.unwrap(), three.unwrap()), (run.returned(1), run.returned(3)));
//! run.assert_recorded();
//! ```

use std::time::Duration;

use tokio::{task::JoinError, time::sleep};
use tracing::instrument;

/// What awaiting the handle of a task gives.
pub type Sum = Result<u32, JoinError>;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    let (one, two, three) = two_of_three().await;
    println!("call 1: {one:?}");
    println!("call 2: {two:?}");
    println!("call 3: {three:?}");
}

/// Spawns three tasks, aborts the second after three seconds, and awaits all of them.
pub async fn two_of_three() -> (Sum, Sum, Sum) {
    let one = tokio::spawn(random_add(1, Duration::from_secs(5)));
    let two = tokio::spawn(random_add(2, Duration::from_secs(8)));
    let three = tokio::spawn(random_add(3, Duration::from_secs(2)));
    sleep(Duration::from_secs(3)).await;
    two.abort();
    (one.await, two.await, three.await)
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
