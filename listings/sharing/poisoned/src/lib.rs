//! A panic under a standard lock makes every later `lock().unwrap()` panic, in any task.
//!
//! ```
//! use poisoned::{forgiving, strict, three_calls};
//! use timeline::{record, seconds};
//!
//! let (panicked, run) = record(three_calls(strict));
//! assert_eq!(panicked, [true, true, true]); // by the panic of call 3
//! assert_eq!(run.completion_order(), [3, 1, 2]); // none of the calls has failed
//! assert_eq!(run.total(), seconds(8));
//! run.assert_recorded();
//!
//! let (panicked, _) = record(three_calls(forgiving));
//! assert_eq!(panicked, [false, false, true]);
//! ```

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::sleep;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    println!("which tasks have panicked: {:?}", three_calls(strict).await);
    println!("which of those that forgive: {:?}", three_calls(forgiving).await);
}

/// How a task takes the lock.
pub type Lock = fn(&Mutex<u32>) -> MutexGuard<'_, u32>;

/// Spawns three tasks that add to one total, and says of each whether it has panicked.
pub async fn three_calls(lock: Lock) -> [bool; 3] {
    let total = Arc::new(Mutex::new(0));
    let one = tokio::spawn(add_to(Arc::clone(&total), lock, 1, Duration::from_secs(5)));
    let two = tokio::spawn(add_to(Arc::clone(&total), lock, 2, Duration::from_secs(8)));
    let three = tokio::spawn(add_to(Arc::clone(&total), lock, 3, Duration::from_secs(2)));
    [one.await.is_err(), two.await.is_err(), three.await.is_err()]
}

/// Adds the sum of a call to the total; call 3 panics while it holds the lock.
pub async fn add_to(total: Arc<Mutex<u32>>, lock: Lock, call: u32, delay: Duration) {
    let sum = random_add(call, delay).await;
    let mut total = lock(&total);
    assert!(call != 3, "call 3 panics");
    *total += sum;
}

/// Takes the lock as is usual.
pub fn strict(total: &Mutex<u32>) -> MutexGuard<'_, u32> {
    total.lock().unwrap()
}

/// Takes the lock, though somebody may have panicked under it.
pub fn forgiving(total: &Mutex<u32>) -> MutexGuard<'_, u32> {
    total.lock().unwrap_or_else(PoisonError::into_inner)
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
