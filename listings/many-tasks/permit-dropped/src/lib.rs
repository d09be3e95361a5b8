//! A permit bound to `_` is given back at once, and the third task does not wait.
//!
//! ```standalone_crate
//! use timeline::seconds;
//!
//! let (_, run) = timeline::record(permit_dropped::three_calls());
//!
//! assert_eq!(run.total(), seconds(8));
//! assert_eq!(run.completion_order(), [3, 1, 2]); // as if there were no semaphore
//! let at = seconds(1);
//! let is_under_way = |call: u32| run.call(call).start < at && run.call(call).end > Some(at);
//! assert!([1, 2, 3].into_iter().all(is_under_way)); // three at a time, with two permits
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

/// Spawns three tasks, which share two permits.
pub async fn three_calls() -> Vec<u32> {
    let semaphore = Arc::new(Semaphore::new(2));
    let mut tasks = JoinSet::new();
    for (call, delay) in (1..).zip([5, 8, 2].map(Duration::from_secs)) {
        tasks.spawn(with_permit(Arc::clone(&semaphore), call, delay));
    }
    tasks.join_all().await
}

/// Waits for a permit, then makes the call.
pub async fn with_permit(semaphore: Arc<Semaphore>, call: u32, delay: Duration) -> u32 {
    let _ = semaphore.acquire().await.unwrap();
    random_add(call, delay).await
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
