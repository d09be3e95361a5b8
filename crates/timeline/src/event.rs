//! Events emitted by a program under observation.

use std::{collections::BTreeMap, time::Duration};

use serde::{Deserialize, Serialize};

/// An event of a span: what happened, when and on which thread.
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
        /// Whether it reports that it returns, as `#[instrument(ret)]` does: if so, a call that
        /// ends without a report was dropped.
        reports_return: bool,
    },
    /// The span is entered: a poll begins or, for a plain function, its only run. A future enters
    /// its span once more when it is dropped, and a clone of the span can be entered by others.
    Entered {
        /// Whether the thread was unwinding already: then this is no poll but a drop.
        panicking: bool,
        /// The tokio task that enters the span.
        task: Option<u64>,
        /// Whether the span has been cloned, so that somebody else may be entering it.
        shared: bool,
    },
    /// The span is left.
    Left {
        /// Whether it was left by unwinding.
        panicking: bool,
    },
    /// The function returned. Only `#[instrument(ret)]` reports it.
    Returned {
        /// The value as `Debug` prints it.
        value: String,
    },
    /// The function returned an error. Only `#[instrument(err)]` reports it.
    Failed {
        /// The error as `Display` prints it.
        error: String,
    },
    /// The handle by which the span was entered last is gone: the future has been dropped, or the
    /// function has been left. Others may still hold the span.
    Released,
    /// No handle of the span is left.
    Closed,
}
