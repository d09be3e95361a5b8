//! A generator that must stay on its thread may cross an `.await`, as long as no task is spawned.
//!
//! ```standalone_crate
//! let ((), run) = timeline::record(rng_across_await::three_calls());
//!
//! assert_eq!(run.total(), timeline::seconds(8));
//! assert_eq!(run.completion_order(), [3, 1, 2]);
//! run.assert_recorded();
//! ```

use std::time::Duration;

use rand::RngExt;
use tokio::time::sleep;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    three_calls().await;
}

/// Makes three calls and awaits them together.
pub async fn three_calls() {
    tokio::join!(
        random_add(1, Duration::from_secs(5)),
        random_add(2, Duration::from_secs(8)),
        random_add(3, Duration::from_secs(2)),
    );
}

/// Takes the thread's random generator, waits for `delay`, and only then draws from it.
#[instrument(ret)]
pub async fn random_add(call: u32, delay: Duration) -> u32 {
    println!("call {call} starts");
    let mut rng = rand::rng();
    sleep(delay).await;
    let numbers: [u32; 5] = std::array::from_fn(|_| rng.random_range(1..=100));
    let sum = numbers.iter().sum();
    println!("call {call} returns: {numbers:?} add up to {sum}");
    sum
}
