//! A `match` keeps the lock in its head to its end, an `if let` releases it before `else`.
//!
//! ```
//! use guard_in_match::{in_if_let, in_match, kept};
//! use std::pin::pin;
//! use timeline::{Outcome, record, seconds};
//! use tokio::{sync::Mutex, time::timeout};
//!
//! let (sum, run) = record(kept(in_match));
//! assert!(sum.is_err()); // it waits for a lock that it holds itself
//! assert_eq!(run.total(), seconds(10));
//! assert_eq!(run.call(1).end, Some(seconds(5)));
//! assert_eq!(run.calls()[0].name, "in_match");
//! assert_eq!(run.calls()[0].outcome, Outcome::Dropped);
//! run.assert_recorded_as("match");
//!
//! // The lock is taken, and nobody else could have it.
//! let (is_taken, _) = record(async {
//!     let kept = Mutex::new(None);
//!     let mut look_up = pin!(in_match(&kept));
//!     timeout(seconds(9), &mut look_up).await.is_err() && kept.try_lock().is_err()
//! });
//! assert!(is_taken);
//!
//! let (sum, run) = record(kept(in_if_let));
//! assert_eq!(run.total(), seconds(5));
//! assert_eq!(sum.unwrap(), run.returned::<u32>(1));
//! run.assert_recorded_as("if-let");
//! ```

use std::time::Duration;

use tokio::{
    sync::Mutex,
    time::{error::Elapsed, sleep, timeout},
};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    println!("looked up in a `match`: {:?}", kept(in_match).await);
    println!("looked up in an `if let`: {:?}", kept(in_if_let).await);
}

/// Asks for a sum that is not kept yet, and gives up after ten seconds.
pub async fn kept(look_up: impl AsyncFn(&Mutex<Option<u32>>) -> u32) -> Result<u32, Elapsed> {
    let kept = Mutex::new(None);
    timeout(Duration::from_secs(10), look_up(&kept)).await
}

/// Returns the sum that is kept; makes the call and keeps its sum if there is none.
#[instrument(ret, skip_all)]
pub async fn in_match(kept: &Mutex<Option<u32>>) -> u32 {
    match *kept.lock().await {
        Some(sum) => sum,
        None => {
            let sum = random_add(1, Duration::from_secs(5)).await;
            *kept.lock().await.insert(sum)
        }
    }
}

/// The same with `if let`, which releases the lock before `else`.
#[instrument(ret, skip_all)]
pub async fn in_if_let(kept: &Mutex<Option<u32>>) -> u32 {
    if let Some(sum) = *kept.lock().await {
        sum
    } else {
        let sum = random_add(1, Duration::from_secs(5)).await;
        *kept.lock().await.insert(sum)
    }
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
