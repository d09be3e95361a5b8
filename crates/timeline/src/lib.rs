//! What the calls of a program did, and when.
//!
//! A *call* is one execution of a function that carries
//! [`#[tracing::instrument(ret)]`](https://docs.rs/tracing/latest/tracing/attr.instrument.html):
//! the attribute opens a span when the function starts, enters it at every poll and emits an
//! event when the function returns. [`record`](fn@record) and [`record_wall`] run a program,
//! listen to those spans and return a [`Run`], next to what the program returned: for each call
//! its start, its polls, its end and how it ended.
//!
//! A run can be compared with the one that was recorded before
//! ([`Run::assert_recorded`]), and [`watch`](fn@watch) shows it in the terminal while it happens.
//!
//! There are two clocks. On the [virtual](Clock::Virtual) one, tokio's paused clock, time is
//! exact to the nanosecond and waiting costs nothing. On the [wall](Clock::Wall) clock threads
//! really wait; times are rounded down to whole seconds of the book, because a real clock can
//! only be late.

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
