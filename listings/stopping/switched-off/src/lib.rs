//! A future that was ready must not be polled again; `, if` switches its branch off.
//!
//! ```
//! use switched_off::{both, polled_again};
//! use timeline::{record, seconds};
//!
//! let (sums, run) = record(both());
//! assert_eq!(sums, (run.returned(1), run.returned(3)));
//! assert_eq!(run.total(), seconds(5));
//! run.assert_recorded_as("both");
//!
//! let (message, run) = record(polled_again());
//! assert_eq!(message, "`async fn` resumed after completion");
//! assert_eq!(run.total(), seconds(2)); // in the round after call 3 was ready
//! run.assert_recorded_as("polled-again");
//! ```

use std::{pin::pin, time::Duration};

use tokio::time::sleep;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    println!("both sums: {:?}", both().await);
    println!("without `if`: {}", polled_again().await);
}

/// Makes two calls, takes each sum as it comes, and returns both.
pub async fn both() -> (u32, u32) {
    let mut one = pin!(random_add(1, Duration::from_secs(5)));
    let mut three = pin!(random_add(3, Duration::from_secs(2)));
    let (mut first, mut third) = (None, None);
    loop {
        tokio::select! {
            biased;
            sum = &mut one, if first.is_none() => first = Some(sum),
            sum = &mut three, if third.is_none() => third = Some(sum),
            else => return (first.unwrap(), third.unwrap()),
        }
    }
}

/// The same without `if`, in a task that panics; returns its message.
pub async fn polled_again() -> String {
    let task = tokio::spawn(async {
        let mut one = pin!(random_add(1, Duration::from_secs(5)));
        let mut three = pin!(random_add(3, Duration::from_secs(2)));
        for _ in 1..=2 {
            tokio::select! {
                biased;
                sum = &mut three => println!("call 3: {sum}"),
                sum = &mut one => println!("call 1: {sum}"),
            }
        }
    });
    let payload = task.await.unwrap_err().into_panic();
    payload.downcast_ref::<&str>().unwrap_or(&"").to_string()
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
