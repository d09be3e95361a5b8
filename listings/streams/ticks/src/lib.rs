//! `take_while` sees that the time is up when the next item comes; `take_until`, when it is.
//!
//! ```
//! use std::time::Duration;
//!
//! use ticks::{taken_until, taken_while};
//! use timeline::Run;
//!
//! let beats = |run: &Run| run.calls_of("tick").map(|tick| tick.start).collect::<Vec<_>>();
//! let beat = [0, 300, 600, 900].map(Duration::from_millis);
//!
//! let (_, run) = timeline::record(taken_while());
//! assert_eq!(beats(&run), beat);
//! assert_eq!(run.total(), Duration::from_millis(1200));
//! run.assert_recorded_as("while");
//!
//! let (_, run) = timeline::record(taken_until());
//! assert_eq!(beats(&run), beat);
//! assert_eq!(run.total(), Duration::from_millis(1000));
//! run.assert_recorded_as("until");
//! ```

use std::{future::ready, pin::pin, time::Duration};

use futures::{Stream, StreamExt, stream};
use tokio::time::{Instant, interval, sleep};
use tokio_stream::wrappers::IntervalStream;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    println!("while a second is not over:");
    taken_while().await;
    println!("until a second is over:");
    taken_until().await;
}

/// Takes ticks while they come within a second.
pub async fn taken_while() {
    let end = Instant::now() + Duration::from_secs(1);
    take(ticks().take_while(|tick| ready(*tick < end))).await;
}

/// Takes ticks until a second is over.
pub async fn taken_until() {
    take(ticks().take_until(sleep(Duration::from_secs(1)))).await;
}

/// Ticks, one every 300 milliseconds.
pub fn ticks() -> IntervalStream {
    IntervalStream::new(interval(Duration::from_millis(300)))
}

/// Takes all ticks that there are.
pub async fn take(ticks: impl Stream<Item = Instant>) {
    let mut ticks = pin!(ticks.zip(stream::iter(1..)));
    while let Some((_, n)) = ticks.next().await {
        tick(n);
    }
}

/// Takes a tick.
#[instrument(ret)]
pub fn tick(n: u32) {
    println!("tick {n}");
}
