//! In edition 2021, an `if let` keeps the lock in its head to its end, as a `match` does.
//!
//! ```
//! use timeline::{Outcome, record, seconds};
//!
//! let (sum, run) = record(guard_in_old_if_let::kept());
//!
//! assert!(sum.is_err()); // it waits for a lock that it holds itself
//! assert_eq!(run.call(1).end, Some(seconds(5)));
//! assert_eq!(run.calls_of("in_if_let").next().unwrap().outcome, Outcome::Dropped);
//! assert_eq!(run.total(), seconds(10));
//! run.assert_recorded();
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
    println!("looked up in an `if let` of edition 2021: {:?}", kept().await);
}

/// Asks for a sum that is not kept yet, and gives up after ten seconds.
pub async fn kept() -> Result<u32, Elapsed> {
    let kept = Mutex::new(None);
    timeout(Duration::from_secs(10), in_if_let(&kept)).await
}

/// Returns the sum that is kept; makes the call and keeps its sum if there is none.
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
