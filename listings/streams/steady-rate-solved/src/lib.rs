//! Behind a channel, the source goes on while `throttle` waits: a rate, not a sum.
//!
//! ```
//! use steady_rate_solved::four_items;
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
//! run.assert_recorded();
//! ```

use std::{pin::pin, time::Duration};

use futures::{Stream, stream};
use tokio::{sync::mpsc, time::sleep};
use tokio_stream::{StreamExt, wrappers::ReceiverStream};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    four_items().await;
}

/// Handles four items, one every two seconds at most, while a task makes them.
pub async fn four_items() {
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(send_all(sender));
    let items = ReceiverStream::new(receiver);
    let mut items = pin!(items.throttle(Duration::from_secs(2)));
    while let Some(n) = items.next().await {
        handle(n);
    }
}

/// Sends each item when it is made.
pub async fn send_all(sender: mpsc::Sender<u32>) {
    let mut items = pin!(made());
    while let Some(n) = items.next().await {
        sender.send(n).await.unwrap();
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
