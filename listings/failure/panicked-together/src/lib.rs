//! A panic ends its whole task: the calls that are joined with it are dropped.
//!
//! ```standalone_crate
//! use timeline::{Outcome, seconds};
//!
//! let (results, run) = timeline::record(panicked_together::three_calls());
//!
//! assert_eq!(run.call(3).outcome, Outcome::Panicked);
//! for call in [1, 2] {
//!     assert_eq!(run.call(call).outcome, Outcome::Dropped);
//! }
//! assert_eq!(run.total(), seconds(2)); // not 8
//! assert!(results.unwrap_err().is_panic());
//! run.assert_recorded();
//! ```

use std::time::Duration;

use tokio::{task::JoinError, time::sleep};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    let results = three_calls().await;
    println!("the program hears of it: {results:?}");
}

/// Spawns one task that makes three calls together, and awaits it.
pub async fn three_calls() -> Result<(u32, u32, u32), JoinError> {
    let joined = async {
        tokio::join!(
            random_add(1, Duration::from_secs(5)),
            random_add(2, Duration::from_secs(8)),
            random_add(3, Duration::from_secs(2)),
        )
    };
    tokio::spawn(joined).await
}

/// Waits for `delay`, draws five random numbers, prints them and returns their sum. Call 3 panics.
#[instrument(ret)]
pub async fn random_add(call: u32, delay: Duration) -> u32 {
    println!("call {call} starts");
    sleep(delay).await;
    if call == 3 {
        panic!("call {call} found no numbers");
    }
    let numbers: [u32; 5] = std::array::from_fn(|_| rand::random_range(1..=100));
    let sum = numbers.iter().sum();
    println!("call {call} returns: {numbers:?} add up to {sum}");
    sum
}
