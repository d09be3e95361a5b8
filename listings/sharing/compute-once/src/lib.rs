//! What three callers want at the same time is computed once, and all of them have it at once.
//!
//! ```
//! use compute_once::{three_callers, want};
//! use std::sync::Arc;
//! use timeline::{record, seconds};
//! use tokio::{sync::OnceCell, time::timeout};
//!
//! let (sums, run) = record(three_callers());
//!
//! assert_eq!(run.total(), seconds(8));
//! assert_eq!(run.completion_order(), [2]); // call 2, and once
//! assert_eq!(sums, [run.returned::<u32>(2); 3]);
//! let wants: Vec<_> = run.calls_of("want").collect();
//! assert_eq!(wants.len(), 3);
//! for want in wants {
//!     assert_eq!((want.start, want.end), (seconds(0), Some(seconds(8))));
//! }
//! run.assert_recorded();
//!
//! // The call of a caller who gives up is dropped with it, and the next one makes it anew.
//! let (_, run) = record(async {
//!     let sum = Arc::new(OnceCell::new());
//!     let given_up = timeout(seconds(3), want(1, Arc::clone(&sum))).await;
//!     (given_up.unwrap_err(), want(2, sum).await)
//! });
//! assert_eq!(run.calls_of("random_add").count(), 2);
//! assert_eq!(run.total(), seconds(3 + 8));
//! ```

use std::{sync::Arc, time::Duration};

use tokio::{sync::OnceCell, time::sleep};
use tracing::instrument;

/// The entry of the program: one thread is enough.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    let sums = three_callers().await;
    println!("what the callers have got: {sums:?}");
}

/// Spawns three tasks that want the same sum.
pub async fn three_callers() -> [u32; 3] {
    let sum = Arc::new(OnceCell::new());
    let first = tokio::spawn(want(1, Arc::clone(&sum)));
    let second = tokio::spawn(want(2, Arc::clone(&sum)));
    let third = tokio::spawn(want(3, Arc::clone(&sum)));
    [first.await.unwrap(), second.await.unwrap(), third.await.unwrap()]
}

/// Returns the sum; makes the call if nobody has made it yet.
#[instrument(ret, skip(sum))]
pub async fn want(n: u32, sum: Arc<OnceCell<u32>>) -> u32 {
    *sum.get_or_init(|| random_add(2, Duration::from_secs(8))).await
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
