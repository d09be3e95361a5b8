//! `throttle` waits before it asks for the next item: what is slow becomes slower.
//!
//! ```
//! use throttled::{ready, slow};
//! use timeline::{Run, seconds};
//!
//! let handled = |run: &Run| run.calls_of("handle").map(|call| call.start).collect::<Vec<_>>();
//!
//! let (_, run) = timeline::record(ready());
//! assert_eq!(handled(&run), [0, 2, 4].map(seconds));
//! assert_eq!(run.total(), seconds(6)); // the end comes two seconds after the last item
//! run.assert_recorded_as("ready");
//!
//! let (_, run) = timeline::record(slow());
//! assert_eq!(handled(&run), [5, 8, 11, 16].map(seconds)); // not 5, 7, 9, 11
//! assert_eq!(run.total(), seconds(18));
//! run.assert_recorded_as("slow");
//! ```

use std::{pin::pin, time::Duration};

use futures::{Stream, stream};
use tokio::time::sleep;
use tokio_stream::StreamExt;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    println!("items that are there:");
    ready().await;
    println!("items that take time:");
    slow().await;
}

/// Handles three items that are there at once.
pub async fn ready() {
    handle_all(stream::iter(1..=3)).await;
}

/// Handles four items that take time.
pub async fn slow() {
    handle_all(stream::iter((1..).zip([5, 1, 1, 3])).then(make)).await;
}

/// Handles items, one every two seconds at most.
pub async fn handle_all(items: impl Stream<Item = u32>) {
    let mut items = pin!(items.throttle(Duration::from_secs(2)));
    while let Some(n) = items.next().await {
        handle(n);
    }
}

/// Makes an item.
#[instrument(ret)]
pub async fn make((n, delay): (u32, u64)) -> u32 {
    sleep(Duration::from_secs(delay)).await;
    n
}

/// Handles an item.
#[instrument(ret)]
pub fn handle(n: u32) {
    println!("item {n}");
}
