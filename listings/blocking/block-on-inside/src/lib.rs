//! Inside a runtime, `block_on` panics: it would block the thread that polls.
//!
//! ```
//! use timeline::Outcome;
//!
//! let (message, run) = timeline::record(block_on_inside::one_call());
//!
//! assert!(message.contains("Cannot start a runtime from within a runtime"));
//! assert_eq!(run.calls().len(), 1); // `inside`; the call in it is never made
//! assert_eq!(run.calls()[0].outcome, Outcome::Panicked);
//! assert_eq!(run.total(), timeline::seconds(0));
//! run.assert_recorded();
//! ```

use std::time::Duration;

use tokio::{runtime::Handle, time::sleep};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    let message = one_call().await;
    println!("the task has panicked: {message}");
}

/// Spawns a task that panics, and returns its message.
pub async fn one_call() -> String {
    let error = tokio::spawn(inside()).await.unwrap_err();
    let payload = error.into_panic();
    payload.downcast_ref::<&str>().unwrap_or(&"").to_string()
}

/// A task of the runtime, which enters the runtime once more to make a call.
#[instrument(ret)]
pub async fn inside() -> u32 {
    Handle::current().block_on(random_add(1, Duration::from_secs(5)))
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
