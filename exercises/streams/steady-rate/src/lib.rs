//! Handle items at a steady rate, however long they take to make.
//!
//! Four items take 5, 1, 1 and 3 s to make. They are to be handled as soon as they are there, but with
//! at least 2 s between two of them: at 5, 7, 9 and 11 s. `four_items` handles them at 5, 8, 11 and 16
//! s. Change it. Leave the other functions and the delays as they are.
//!
//! # Hints
//!
//! 1. What does the source do while `throttle` waits?
//! 2. It has to be polled by somebody else: by a task.
//! 3. `ReceiverStream::new` makes a stream of the receiver of a channel. Throttle that.
//!
//! # At first
//!
//! The proof fails with `item 2 is handled at 8s, not at 7s`.
//!
//! # Proof
//!
//! ```
//! use steady_rate::four_items;
//! use timeline::{record, seconds};
//!
//! let (_, run) = record(four_items());
//! for (n, delay) in (1..).zip([5, 1, 1, 3].map(seconds)) {
//!     let item = run.calls_of("make").find(|item| item.nth() == Some(n));
//!     let item = item.unwrap_or_else(|| panic!("item {n} is not made"));
//!     let took = item.end.unwrap() - item.start;
//!     assert!(took == delay, "item {n} takes {took:?} to make, not {delay:?}");
//! }
//! for (n, start) in (1..).zip([5, 7, 9, 11].map(seconds)) {
//!     let item = run.calls_of("handle").find(|item| item.nth() == Some(n));
//!     let item = item.unwrap_or_else(|| panic!("item {n} is not handled"));
//!     let at = item.start;
//!     assert!(at == start, "item {n} is handled at {at:?}, not at {start:?}");
//! }
//! ```

use std::{pin::pin, time::Duration};

use futures::{Stream, stream};
use tokio::time::sleep;
use tokio_stream::StreamExt;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    four_items().await;
}

/// Handles four items, one every two seconds at most.
pub async fn four_items() {
    let mut items = pin!(made().throttle(Duration::from_secs(2)));
    while let Some(n) = items.next().await {
        handle(n);
    }
}

/// Four items, made one after the other.
pub fn made() -> impl Stream<Item = u32> {
    stream::iter((1..).zip([5, 1, 1, 3])).then(|(n, delay)| make(n, delay))
}

/// Makes an item.
#[instrument(ret)]
pub async fn make(n: u32, delay: u64) -> u32 {
    sleep(Duration::from_secs(delay)).await;
    println!("item {n} is made");
    n
}

/// Handles an item.
#[instrument(ret)]
pub fn handle(n: u32) {
    println!("item {n} is handled");
}
