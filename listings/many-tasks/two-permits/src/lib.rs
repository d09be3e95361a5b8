//! Of three tasks and two permits, the third task waits until a permit is given back.
//!
//! ```standalone_crate
//! use timeline::seconds;
//!
//! let (_, run) = timeline::record(two_permits::three_calls());
//!
//! assert_eq!(run.total(), seconds(8));
//! assert_eq!(run.completion_order(), [1, 3, 2]);
//! assert_eq!([1, 2, 3].map(|call| run.call(call).start), [0, 0, 5].map(seconds));
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
    let _permit = semaphore.acquire().await.unwrap();
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
