//! Futures that are joined in place may borrow from the function that joins them.
//!
//! ```
//! use timeline::seconds;
//!
//! let (total, run) = timeline::record(scope::three_calls());
//!
//! assert_eq!(run.total(), seconds(8));
//! assert_eq!(run.completion_order(), [3, 1, 2]);
//! assert_eq!(total, [1, 2, 3].map(|call| run.returned::<u32>(call)).iter().sum::<u32>());
//! assert!(run.calls().iter().all(|call| call.task.is_none())); // nothing was spawned
//! run.assert_recorded();
//! ```

use std::{cell::Cell, time::Duration};

use tokio::{join, time::sleep};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    let total = three_calls().await;
    println!("all sums together: {total}");
}

/// Makes three calls at once that all add to the same local variable.
pub async fn three_calls() -> u32 {
    let total = Cell::new(0);
    let add = async |call, delay| {
        let sum = random_add(call, Duration::from_secs(delay)).await;
        total.set(total.get() + sum);
    };
    join!(add(1, 5), add(2, 8), add(3, 2));
    total.get()
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
