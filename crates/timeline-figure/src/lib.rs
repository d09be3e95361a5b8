//! A run of [`timeline`] as a picture, as a table, in words, and as data for scripts.
//!
//! [`Figure`] is all of them together, as part of a page whose theme has the styles and the player.
//! [`svg_document`] and [`html_page`] stand alone: a file that can be opened anywhere, or mailed.
//!
//! ```
//! use std::path::Path;
//!
//! use timeline::Run;
//!
//! let recording = r#"
//! clock = "virtual"
//! total = "8s"
//!
//! [[call]]
//! name = "fetch"
//! start = "0s"
//! polls = ["0s", "8s"]
//! end = "8s"
//! outcome = "returned"
//! order = 1
//! "#;
//! let run = Run::parse("fetch", Path::new("fetch.timeline.toml"), recording)?;
//!
//! assert_eq!(
//!     timeline_figure::story(&run).replace('\u{a0}', " "),
//!     "At 0 s: fetch starts. At 8 s: fetch returns, first to complete, polled twice. Total: 8 s."
//! );
//! assert!(timeline_figure::svg_document(&run, "A fetch").starts_with("<svg xmlns="));
//! # Ok::<(), timeline::RecordingError>(())
//! ```
//!
//! Whatever a call is called, its label is text of at most 60 columns in one line: markup in it is
//! escaped, and control characters are replaced.

mod alternative;
mod axis;
mod data;
mod figure;
mod format;
mod key;
mod layout;
mod standalone;
mod story;
mod svg;
mod table;

pub use alternative::{Alternative, delay};
pub use data::{CallData, Milliseconds, RunData, json};
pub use figure::Figure;
pub use format::{ordinal, time_text, times_text};
pub use standalone::{Assets, html_page, svg_document};
pub use story::story;
pub use svg::svg;
pub use table::{Columns, table};
