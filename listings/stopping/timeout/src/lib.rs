//! A call that is not done in time is dropped where it waits, and what it owns is dropped with it.
//!
//! ```
//! use timeline::{Outcome, seconds};
//!
//! let (sum, run) = timeline::record(timeout::in_six_seconds());
//!
//! assert!(sum.is_err()); // the time has elapsed
//! assert_eq!(run.total(), seconds(6)); // not 8
//! assert_eq!(run.call(2).outcome, Outcome::Dropped);
//! assert_eq!(run.call(2).end, Some(seconds(6)));
//! let [_, cleanup] = run.calls() else { panic!("two functions are called") };
//! assert_eq!((&*cleanup.name, cleanup.start), ("clean_up", seconds(6)));
//! run.assert_recorded();
//! ```

use std::time::Duration;

use tokio::time::{error::Elapsed, sleep, timeout};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    match in_six_seconds().await {
        Ok(sum) => println!("the sum: {sum}"),
        Err(elapsed) => println!("no sum: {elapsed}"),
    }
}

/// Waits six seconds for the sum, and no longer.
pub async fn in_six_seconds() -> Result<u32, Elapsed> {
    timeout(Duration::from_secs(6), call_two()).await
}

/// Makes call 2, and cleans up after it.
pub async fn call_two() -> u32 {
    let _cleanup = Cleanup;
    random_add(2, Duration::from_secs(8)).await
}

/// Cleans up when it is dropped: at the end of the function that has made it, or before.
struct Cleanup;

impl Drop for Cleanup {
    fn drop(&mut self) {
        clean_up();
    }
}

/// Prints that it was called.
#[instrument(ret)]
pub fn clean_up() {
    println!("cleaned up");
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
