//! A branch of `select!` whose pattern does not match is switched off; if all are, `else` is run.
//!
//! ```
//! use first_success::{first_success, random_add};
//! use timeline::{Outcome, record, seconds};
//!
//! let (sum, run) = record(first_success([true, false]));
//! assert_eq!(run.call(3).outcome, Outcome::Failed); // at 2 s, and nobody takes notice
//! assert_eq!(run.total(), seconds(5));
//! assert_eq!(sum, Some(run.returned(1)));
//! run.assert_recorded_as("one");
//!
//! let (sum, run) = record(first_success([false, false]));
//! assert_eq!(run.total(), seconds(5));
//! assert_eq!(sum, None);
//! run.assert_recorded_as("none");
//!
//! // Without `else`, it panics.
//! let (error, _) = record(async {
//!     let without_else =
//!         async { tokio::select! { Ok(sum) = random_add(1, seconds(5), false) => sum } };
//!     tokio::spawn(without_else).await.unwrap_err()
//! });
//! let message = error.to_string();
//! assert!(message.contains("all branches are disabled and there is no else branch"));
//! ```

use std::time::Duration;

use tokio::time::sleep;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    println!("call 1 works: {:?}", first_success([true, false]).await);
    println!("no call works: {:?}", first_success([false, false]).await);
}

/// Makes two calls and returns the first sum; nothing, if both calls fail.
pub async fn first_success([one, three]: [bool; 2]) -> Option<u32> {
    tokio::select! {
        biased;
        Ok(sum) = random_add(1, Duration::from_secs(5), one) => Some(sum),
        Ok(sum) = random_add(3, Duration::from_secs(2), three) => Some(sum),
        else => None,
    }
}

/// Waits for `delay`, draws five random numbers and returns their sum, if it works.
#[instrument(ret, err)]
pub async fn random_add(call: u32, delay: Duration, works: bool) -> Result<u32, String> {
    println!("call {call} starts");
    sleep(delay).await;
    if !works {
        return Err(format!("call {call} found no numbers"));
    }
    let numbers: [u32; 5] = std::array::from_fn(|_| rand::random_range(1..=100));
    let sum = numbers.iter().sum();
    println!("call {call} returns: {numbers:?} add up to {sum}");
    Ok(sum)
}
