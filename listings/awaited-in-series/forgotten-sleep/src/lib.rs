//! A sleep that is never awaited does not delay the call.
//!
//! ```standalone_crate
//! let ((), run) = timeline::record(forgotten_sleep::three_calls());
//!
//! assert_eq!(run.total(), timeline::seconds(0)); // not 15
//! assert_eq!(run.completion_order(), [1, 2, 3]);
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

/// Makes three calls and awaits each before the next.
pub async fn three_calls() {
    random_add(1, Duration::from_secs(5)).await;
    random_add(2, Duration::from_secs(8)).await;
    random_add(3, Duration::from_secs(2)).await;
}

/// Means to wait for `delay`, and does not; draws five random numbers and returns their sum.
#[instrument(ret)]
pub async fn random_add(call: u32, delay: Duration) -> u32 {
    println!("call {call} starts");
    #[expect(unused_must_use, reason = "this is the mistake that the listing is about")]
    sleep(delay);
    let numbers: [u32; 5] = std::array::from_fn(|_| rand::random_range(1..=100));
    let sum = numbers.iter().sum();
    println!("call {call} returns: {numbers:?} add up to {sum}");
    sum
}
