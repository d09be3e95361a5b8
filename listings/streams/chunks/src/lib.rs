//! `chunks_timeout` yields when a chunk is full, or when its first item is old enough.
//!
//! ```
//! use timeline::seconds;
//!
//! let (chunks, run) = timeline::record(chunks::six_items());
//!
//! assert_eq!(chunks, [vec![1, 2], vec![3, 4, 5], vec![6]]);
//! let saved: Vec<_> = run.calls_of("save").map(|save| save.start).collect();
//! assert_eq!(saved, [3, 7, 8].map(seconds)); // not 4 and 7
//! assert_eq!(run.total(), seconds(8));
//! run.assert_recorded();
//! ```

use std::{pin::pin, time::Duration};

use async_stream::stream;
use futures::Stream;
use tokio::time::sleep;
use tokio_stream::StreamExt;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    let chunks = six_items().await;
    println!("the chunks: {chunks:?}");
}

/// Saves items three at a time, or those that there are when the first has waited two seconds.
pub async fn six_items() -> Vec<Vec<u32>> {
    let mut chunks = pin!(items().chunks_timeout(3, Duration::from_secs(2)));
    let mut saved = Vec::new();
    while let Some(chunk) = chunks.next().await {
        save(saved.len() + 1, &chunk);
        saved.push(chunk);
    }
    saved
}

/// Six items: after one second, two, five, six, seven and eight.
pub fn items() -> impl Stream<Item = u32> {
    stream! {
        for (n, pause) in (1..).zip([1, 1, 3, 1, 1, 1]) {
            sleep(Duration::from_secs(pause)).await;
            yield item(n);
        }
    }
}

/// Makes an item.
#[instrument(ret)]
pub fn item(n: u32) -> u32 {
    println!("item {n}");
    n
}

/// Saves a chunk.
#[instrument(ret, skip(chunk))]
pub fn save(n: usize, chunk: &[u32]) {
    println!("chunk {n} is saved: {chunk:?}");
}
