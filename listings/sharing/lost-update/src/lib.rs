//! A value that is read before the wait and written after it undoes what came in between.
//!
//! ```
//! let (counts, run) = timeline::record(lost_update::three_calls());
//!
//! assert_eq!(counts, [1, 1, 1]); // not [2, 3, 1]: each call has read 0, and written 1
//! assert_eq!(run.total(), timeline::seconds(8));
//! assert_eq!(run.completion_order(), [3, 1, 2]);
//! run.assert_recorded();
//! ```

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::time::sleep;
use tracing::instrument;

/// The entry of the program: one thread is enough.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    let counts = three_calls().await;
    println!("the count that each call has left behind: {counts:?}");
}

/// Spawns three tasks that count their calls together, and returns the count that each left behind.
pub async fn three_calls() -> [u32; 3] {
    let count = Arc::new(Mutex::new(0));
    let first = tokio::spawn(count_call(Arc::clone(&count), 1, Duration::from_secs(5)));
    let second = tokio::spawn(count_call(Arc::clone(&count), 2, Duration::from_secs(8)));
    let third = tokio::spawn(count_call(Arc::clone(&count), 3, Duration::from_secs(2)));
    [first.await.unwrap(), second.await.unwrap(), third.await.unwrap()]
}

/// Makes a call, counts it, and returns the new count.
pub async fn count_call(count: Arc<Mutex<u32>>, call: u32, delay: Duration) -> u32 {
    let before = *count.lock().unwrap();
    random_add(call, delay).await;
    let mut count = count.lock().unwrap();
    *count = before + 1;
    *count
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
