//! A permit bound to `_` is given back at once, and the third task does not wait.
//!
//! ```
//! use timeline::seconds;
//!
//! let (_, run) = timeline::record(permit_dropped::three_calls());
//!
//! assert_eq!(run.total(), seconds(8));
//! assert_eq!(run.completion_order(), [3, 1, 2]); // as if there were no semaphore
//! let at_a_time = |at| {
//!     run.calls().iter().filter(|call| call.start <= at && call.end > Some(at)).count()
//! };
//! assert_eq!((0..8).map(seconds).map(at_a_time).max(), Some(3)); // with two permits
//! run.assert_recorded();
//! ```

use std::{sync::Arc, time::Duration};

use tokio::{sync::Semaphore, task::JoinSet, time::sleep};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    let sums = three_calls().await;
    println!("the sums, in the order of completion: {sums:?}");
}

/// Spawns three tasks, each as soon as there is a permit for it.
pub async fn three_calls() -> Vec<u32> {
    let semaphore = Arc::new(Semaphore::new(2));
    let mut tasks = JoinSet::new();
    for (call, delay) in (1..).zip([5, 8, 2].map(Duration::from_secs)) {
        let permit = Arc::clone(&semaphore).acquire_owned().await.expect("it is never closed");
        tasks.spawn(async move {
            let _ = permit;
            random_add(call, delay).await
        });
    }
    tasks.join_all().await
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
