//! A call that is never awaited never runs.
//!
//! ```standalone_crate
//! let ((), run) = timeline::record(forgotten_await::three_calls());
//!
//! assert_eq!(run.total(), timeline::seconds(0));
//! assert!(run.calls().is_empty()); // not one of the three has started
//! run.assert_recorded();
//! ```

use std::time::Duration;

use tokio::time::sleep;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    three_calls().await;
}

/// Makes three futures and drops them. `let _ =` silences the compiler, and only the compiler.
#[expect(clippy::let_underscore_future, reason = "clippy is not to be fooled")]
pub async fn three_calls() {
    let _ = random_add(1, Duration::from_secs(5));
    let _ = random_add(2, Duration::from_secs(8));
    let _ = random_add(3, Duration::from_secs(2));
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
