//! `block_on` runs one future to its end, and returns only then.
//!
//! ```standalone_crate
//! let ((), run) = timeline::record_with(block_on::three_calls);
//!
//! assert_eq!(run.total(), timeline::seconds(5 + 8 + 2));
//! assert_eq!(run.completion_order(), [1, 2, 3]);
//! run.assert_recorded();
//! ```

use std::time::Duration;

use tokio::{
    runtime::{Builder, Runtime},
    time::sleep,
};
use tracing::instrument;

/// The entry of the program: a plain function, which makes the runtime itself.
pub fn main() {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    three_calls(&runtime);
}

/// Makes three calls, one after the other, from a function that is not `async`.
pub fn three_calls(runtime: &Runtime) {
    runtime.block_on(random_add(1, Duration::from_secs(5)));
    runtime.block_on(random_add(2, Duration::from_secs(8)));
    runtime.block_on(random_add(3, Duration::from_secs(2)));
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
