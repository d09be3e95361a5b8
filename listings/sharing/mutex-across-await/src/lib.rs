//! A lock that is held while a call waits lets the calls wait one after the other.
//!
//! ```standalone_crate
//! use timeline::seconds;
//!
//! let (total, run) = timeline::record(mutex_across_await::three_calls());
//!
//! assert_eq!(run.total(), seconds(5 + 8 + 2)); // not 8
//! assert_eq!(run.completion_order(), [1, 2, 3]);
//! assert_eq!(run.call(2).start, seconds(5)); // its task has waited for the lock since 0 s
//! let sums = [1, 2, 3].map(|call| run.returned::<u32>(call));
//! assert_eq!(total, sums.iter().sum::<u32>());
//! run.assert_recorded();
//! ```

use std::{sync::Arc, time::Duration};

use tokio::{sync::Mutex, time::sleep};
use tracing::instrument;

/// The entry of the program: one thread is enough.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    let total = three_calls().await;
    println!("the total is {total}");
}

/// Spawns three tasks that add to one total.
pub async fn three_calls() -> u32 {
    let total = Arc::new(Mutex::new(0));
    let first = tokio::spawn(add_to(Arc::clone(&total), 1, Duration::from_secs(5)));
    let second = tokio::spawn(add_to(Arc::clone(&total), 2, Duration::from_secs(8)));
    let third = tokio::spawn(add_to(Arc::clone(&total), 3, Duration::from_secs(2)));
    first.await.unwrap();
    second.await.unwrap();
    third.await.unwrap();
    *total.lock().await
}

/// Adds the sum of a call to the total.
pub async fn add_to(total: Arc<Mutex<u32>>, call: u32, delay: Duration) {
    let mut total = total.lock().await;
    *total += random_add(call, delay).await;
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
