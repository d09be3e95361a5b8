//! A runtime that is dropped inside of another panics, there and not where it was made.
//!
//! ```
//! use runtime_dropped_inside::{dropped, in_background, panic_of};
//! use timeline::{Outcome, seconds};
//!
//! let (message, run) = timeline::record(panic_of(dropped()));
//! assert!(message.contains("Cannot drop a runtime in a context where blocking is not allowed"));
//! let outer = run.calls_of("dropped").next().unwrap();
//! assert_eq!((outer.end, outer.outcome), (Some(seconds(2)), Outcome::Panicked));
//! assert_eq!(run.call(1).outcome, Outcome::Returned); // it was there for two seconds
//! run.assert_recorded_as("dropped");
//!
//! let (message, run) = timeline::record(panic_of(in_background()));
//! assert_eq!(message, "no panic");
//! let outer = run.calls_of("in_background").next().unwrap();
//! assert_eq!((outer.end, outer.outcome), (Some(seconds(2)), Outcome::Returned));
//! run.assert_recorded_as("in-background");
//! ```

use std::time::Duration;

use tokio::{runtime::Builder, time::sleep};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    println!("dropped: {}", panic_of(dropped()).await);
    println!("ended in the background: {}", panic_of(in_background()).await);
}

/// Makes a runtime, makes a call next to it, and lets it go out of scope.
#[instrument(ret)]
pub async fn dropped() -> u32 {
    let _runtime = Builder::new_current_thread().build().unwrap();
    random_add(1, Duration::from_secs(2)).await
}

/// Makes a runtime, makes a call next to it, and ends it without waiting.
#[instrument(ret)]
pub async fn in_background() -> u32 {
    let runtime = Builder::new_current_thread().build().unwrap();
    let sum = random_add(1, Duration::from_secs(2)).await;
    runtime.shutdown_background();
    sum
}

/// Spawns a task, and returns the message of its panic.
pub async fn panic_of(task: impl Future<Output = u32> + Send + 'static) -> String {
    match tokio::spawn(task).await {
        Ok(_) => "no panic".to_owned(),
        Err(error) => {
            let payload = error.into_panic();
            payload.downcast_ref::<&str>().unwrap_or(&"").to_string()
        }
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
