//! When did each call of a program start, when was it polled, when did it end, and how?
//!
//! ```
//! use std::time::Duration;
//! use timeline::{Outcome, seconds};
//! use tokio::time::{sleep, timeout};
//! use tracing::instrument;
//!
//! #[instrument(ret)]
//! async fn reply(call: u32, delay: Duration) -> u32 {
//!     sleep(delay).await;
//!     10 * call
//! }
//!
//! let (replies, run) = timeline::record(async {
//!     tokio::join!(reply(1, seconds(5)), timeout(seconds(6), reply(2, seconds(8))))
//! });
//!
//! assert_eq!(run.total(), seconds(6));
//! assert_eq!(replies.0, run.returned::<u32>(1));
//! assert!(replies.1.is_err());
//! assert_eq!(run.call(2).outcome, Outcome::Dropped);
//! assert_eq!(run.call(2).end, Some(seconds(6)));
//! ```
//!
//! A *call* is one execution of a function that carries
//! [`#[tracing::instrument(ret)]`](https://docs.rs/tracing/latest/tracing/attr.instrument.html):
//! the attribute opens a span when the function starts, enters it at every poll and emits an
//! event when the function returns. [`record`](fn@record) and [`record_wall`] run a program,
//! listen to those spans and return a [`Run`], next to what the program returned.
//! [`Run::assert_recorded`] compares it with the run that was recorded before, in a file next to the
//! `Cargo.toml`; [`pending`](fn@pending) lists the runs that differed, to be accepted or rejected.
//! [`watch`](fn@watch) shows a program in the terminal while it runs.
//!
//! # Clocks
//!
//! On the [virtual](Clock::Virtual) clock, tokio's paused one, time is exact to the nanosecond and
//! waiting takes no time. On the [wall](Clock::Wall) clock threads really wait; times are rounded
//! down to whole seconds of the program, because a real clock can only be late.
//!
//! # Ends and polls
//!
//! A call ends when its future does: when it returns, fails, panics or is dropped. Who else holds
//! its span, a spawned child or a clone of
//! [`Span::current`](https://docs.rs/tracing/latest/tracing/struct.Span.html#method.current), does
//! not matter. A poll is a poll of that future: entering the span inside of itself, or in another
//! task, is none. (A future that leaves clones of its span behind *and* moves to another task is
//! recognised if it completes there; if it is dropped there, its end is taken to be in the task
//! where it was polled first.)
//!
//! A future that is dropped right after a poll and one that returns without a report do the same to
//! their spans. To tell them apart the recorder looks into the source, at the line that the span
//! names: with `ret` there would have been a report, so the call was [dropped](Outcome::Dropped);
//! without, how it ended is [unknown](Outcome::Unknown), and [`Run::notes`] says what to add. If the
//! source cannot be found, `ret` is assumed.
//!
//! # Threads
//!
//! A recording on the virtual clock hears its own thread, those of `spawn_blocking`, and whatever
//! runs inside a span or under the
//! [dispatcher](https://docs.rs/tracing/latest/tracing/dispatcher/index.html) of the program on any
//! other. Several of them can go on in one process, as tests do. A call on a thread that nothing
//! connects with a recording cannot be claimed by one; [`Run::notes`], the [`table`](fn@table) and
//! the message of [`Run::call`] name it. A recording on the wall clock hears all threads of the
//! process that no other recording has, and waits until no other is going on; so it needs to be the
//! one to set the global subscriber of `tracing`.

mod event;
mod file;
pub mod layout;
mod pending;
#[cfg(feature = "record")]
mod record;
mod run;
mod spans;
mod table;

pub use event::{Event, EventKind};
pub use file::RecordingError;
pub use pending::{Pending, pending};
#[cfg(feature = "record")]
pub use record::{
    record, record_wall, record_wall_as, record_wall_until, record_with, recordings_in,
};
pub use run::{Call, Clock, Outcome, Run, seconds};
pub use table::table;
#[cfg(feature = "watch")]
mod watch;
#[cfg(feature = "watch")]
pub use watch::watch;

#[cfg(all(doctest, feature = "record"))]
#[doc = include_str!("../README.md")]
struct Readme;
