//! An await of something that is ready goes on at once, and lets nobody else on.
//!
//! ```standalone_crate
//! use await_without_yield::two_loops;
//! use timeline::{record, seconds};
//! use tokio::task::yield_now;
//!
//! let ((), run) = record(two_loops(|| std::future::ready(())));
//! assert_eq!(run.completion_order(), [1, 2, 3, 4, 5, 6]); // one loop, and then the other
//! assert_eq!(run.total(), seconds(0));
//! run.assert_recorded_as("ready");
//!
//! let ((), run) = record(two_loops(yield_now));
//! assert_eq!(run.completion_order(), [1, 4, 2, 5, 3, 6]); // by turns
//! assert_eq!(run.total(), seconds(0));
//! run.assert_recorded_as("yielding");
//! ```

use std::{future::ready, ops::RangeInclusive};

use tokio::task::yield_now;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    println!("each await is ready:");
    two_loops(|| ready(())).await;
    println!("each await yields:");
    two_loops(yield_now).await;
}

/// Joins two loops, which await a `pause` after each step. With `biased`, the first is always asked
/// first; without it, they would take turns at that, too.
pub async fn two_loops(pause: impl AsyncFn()) {
    tokio::join!(biased; three_steps(1..=3, &pause), three_steps(4..=6, &pause));
}

/// Takes three steps, and awaits a `pause` after each.
pub async fn three_steps(steps: RangeInclusive<u32>, pause: &impl AsyncFn()) {
    for call in steps {
        step(call);
        pause().await;
    }
}

/// Takes a step.
#[instrument(ret)]
pub fn step(call: u32) {
    println!("step {call}");
}
