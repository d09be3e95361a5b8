//! Search only when nothing has been typed for two seconds.
//!
//! A word is typed, letter by letter, at 0, 1, 2, 6 and 7 s. `five_letters` searches after each letter.
//! Change it so that it searches when 2 s have passed without a new letter, for what has been typed by
//! then: after letter 3, at 4 s, and after letter 5, at 9 s. Leave the other functions as they are.
//!
//! # Hints
//!
//! 1. Two things can come next: a letter, or the end of the patience.
//! 2. `timeout(…, letters.next())` tells them apart. A `next` that is dropped loses nothing.
//! 3. Let an inner loop take letters for as long as they come in time, and keep the last one.
//!
//! # At first
//!
//! The proof fails with `5 searches are made, not 2`.
//!
//! # Proof
//!
//! ```
//! use timeline::{record, seconds};
//! use when_quiet::five_letters;
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
//! ```

use std::{pin::pin, time::Duration};

use async_stream::stream;
use futures::{Stream, StreamExt};
use tokio::time::sleep;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    five_letters().await;
}

/// Searches after each of five letters.
pub async fn five_letters() {
    let mut letters = pin!(typed());
    while let Some(n) = letters.next().await {
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
