//! A run as data for the scripts of the player. Every time is a number of milliseconds.

use std::time::Duration;

use serde::{Serialize, Serializer};
use timeline::{Clock, Outcome, Run};

use crate::{
    format::truncated,
    layout::{Lane, lanes},
};

/// How long a label is at most where the player reads it out, in columns.
const MAX_SPOKEN_COLUMNS: usize = 40;

/// JSON as the value of a data attribute.
///
/// # Panics
///
/// If `data` cannot be JSON: if it is a map whose keys are no strings, say.
pub fn json(data: &impl Serialize) -> String {
    serde_json::to_string(data).expect("the data can be written as JSON")
}

/// A time as a number of milliseconds: a whole number, if it is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Milliseconds(pub Duration);

impl Serialize for Milliseconds {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let milliseconds = self.0.as_nanos() as f64 / 1e6;
        if milliseconds.fract() == 0.0 && milliseconds < 1e15 {
            serializer.serialize_u64(milliseconds as u64)
        } else {
            serializer.serialize_f64(milliseconds)
        }
    }
}

/// A run, for the player.
#[derive(Debug, Serialize)]
pub struct RunData {
    /// The name of the run, by which the player and the predictions speak of it.
    pub run: String,
    /// The clock that it was timed by: `"virtual"` or `"wall"`.
    pub clock: Clock,
    /// From the start of the program to its end.
    pub total: Milliseconds,
    /// The calls from top to bottom: each below the one that made it.
    pub calls: Vec<CallData>,
}

/// A call of a run.
#[derive(Debug, Serialize)]
pub struct CallData {
    /// Its label, in 40 columns at most.
    pub label: String,
    /// Its number in the text, if it has one.
    pub call: Option<u32>,
    /// The position in [`RunData::calls`] of the call that made it, counted from 0.
    pub parent: Option<usize>,
    /// When it started.
    pub start: Milliseconds,
    /// When it was polled, as far as the drawing shows it: of many polls some.
    pub polls: Vec<Milliseconds>,
    /// How often it was polled.
    pub polled: usize,
    /// When it ended; null if it did not.
    pub end: Option<Milliseconds>,
    /// How it ended.
    pub outcome: Outcome,
    /// Its place among the completed calls, counted from 1; null if it did not complete.
    pub order: Option<u32>,
}

impl RunData {
    /// The data of a run that goes by this name.
    pub fn new(name: &str, run: &Run) -> RunData {
        let calls = lanes(run).into_iter().map(|Lane { call, parent, ticks, .. }| CallData {
            label: truncated(&call.label(), MAX_SPOKEN_COLUMNS),
            call: call.id,
            parent,
            start: Milliseconds(call.start),
            polls: ticks.into_iter().map(Milliseconds).collect(),
            polled: call.polls.len(),
            end: call.end.map(Milliseconds),
            outcome: call.outcome,
            order: call.completion_rank,
        });
        RunData {
            run: name.to_owned(),
            clock: run.clock(),
            total: Milliseconds(run.total()),
            calls: calls.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_milliseconds_are_whole_numbers() {
        for (nanoseconds, number) in
            [(0, "0"), (8_000_000_000, "8000"), (500_000_000, "500"), (100_000, "0.1"), (1, "1e-6")]
        {
            let time = Milliseconds(Duration::from_nanos(nanoseconds));
            assert_eq!(json(&time), number);
        }
    }
}
