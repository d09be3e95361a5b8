//! An inner loop takes the items that come in time, and leaves the last one.
//!
//! ```
//! use timeline::{record, seconds};
//! use when_quiet_solved::five_letters;
//!
//! let (_, run) = record(five_letters());
//! let count = run.calls_of("search").count();
//! assert!(count == 2, "{count} searches are made, not 2");
//! for (search, (n, start)) in run.calls_of("search").zip([(3, seconds(4)), (5, seconds(9))]) {
//!     let after = search.nth().unwrap();
//!     assert!(after == n, "a search is made after letter {after}, not after letter {n}");
//!     let at = search.start;
//!     assert!(at == start, "the search after letter {n} is made at {at:?}, not at {start:?}");
//! }
//! run.assert_recorded();
//! ```

use std::{pin::pin, time::Duration};

use async_stream::stream;
use futures::{Stream, StreamExt};
use tokio::time::{sleep, timeout};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    five_letters().await;
}

/// Searches when no letter has come for two seconds.
pub async fn five_letters() {
    let mut letters = pin!(typed());
    while let Some(mut n) = letters.next().await {
        while let Ok(Some(next)) = timeout(Duration::from_secs(2), letters.next()).await {
            n = next;
        }
        search(n);
    }
}

/// Five letters, and a hand that stays near the keys for ten more seconds.
pub fn typed() -> impl Stream<Item = u32> {
    stream! {
        for (n, pause) in (1..).zip([0, 1, 1, 4, 1]) {
            sleep(Duration::from_secs(pause)).await;
            println!("letter {n}");
            yield n;
        }
        sleep(Duration::from_secs(10)).await;
    }
}

/// Searches for what was typed up to letter `n`.
#[instrument(ret)]
pub fn search(n: u32) {
    println!("a search, after letter {n}");
}
