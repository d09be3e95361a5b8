//! The signs that a running program gives.

use std::{collections::BTreeMap, time::Duration};

use serde::{Deserialize, Serialize};

/// One sign from a span: what happened, when and on which thread.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Time since the recording began.
    pub at: Duration,
    /// The thread it happened on. Numbers are unique in a process, nothing more.
    pub thread: u64,
    /// The span. Unlike `tracing`'s own ids, a number is never used twice.
    pub span: u64,
    /// What happened.
    pub kind: EventKind,
}

/// What a span did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum EventKind {
    /// The function was called; for an `async fn`, its future was polled for the first time.
    Opened {
        /// The span that was current when this one was opened.
        parent: Option<u64>,
        /// The tokio task in which it was called; none in the future that the runtime was
        /// entered with, and outside of a runtime.
        task: Option<u64>,
        /// The name of the function.
        name: String,
        /// Its arguments as `Debug` prints them.
        arguments: BTreeMap<String, String>,
    },
    /// A poll begins; for a plain function, its only one. `tracing` also enters a span once more
    /// to drop the future inside it, so an entry is not always a poll.
    Entered {
        /// Whether the thread was unwinding already: then this is no poll but a drop.
        panicking: bool,
    },
    /// The poll is over.
    Left {
        /// Whether it was left by unwinding.
        panicking: bool,
    },
    /// The function returned. Only `#[instrument(ret)]` says so.
    Returned {
        /// The value as `Debug` prints it.
        value: String,
    },
    /// The function returned an error. Only `#[instrument(err)]` says so.
    Failed {
        /// The error as `Display` prints it.
        error: String,
    },
    /// The span is gone: its future has been dropped.
    Closed,
}
