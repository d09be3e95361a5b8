//! What a page passes to the scripts in `theme`.
//!
//! An element that a script works on has one attribute whose value is the JSON of one of the structs
//! in here. Every time in them is a number of milliseconds; whole milliseconds are whole numbers.
//! What the page knows is in there, so a script computes nothing about a recorded run anew.
//!
//! | element | attribute | value |
//! |---|---|---|
//! | `figure.timeline` | `data-timeline` | [`RunData`] |
//! | `figure.timeline > svg` | `data-span` | [`Milliseconds`]: where the axis of the drawing ends |
//! | `form.predict` | `data-prediction` | [`Prediction`] |
//! | `[data-predictions]` | `data-predictions` | [`Predictions`] |
//! | `.bench` | `data-bench` | [`Bench`] |
//! | `.language` | `data-program` | [`Program`] |
//!
//! Other `data-` attributes (`data-run`, `data-listing`, `data-error`, …) name what an element shows:
//! tests and scripts find elements by them, and read nothing else off them.

use std::time::Duration;

use serde::{Serialize, Serializer};
use timeline::{Clock, Outcome};

/// The value of a data attribute.
pub(crate) fn json(data: &impl Serialize) -> String {
    serde_json::to_string(data).expect("the structs have string keys and finite numbers")
}

/// A time as a number of milliseconds: a whole number, if it is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Milliseconds(pub(crate) Duration);

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
pub(crate) struct RunData {
    /// The name of the run: `join`, or `joined-in-part/two-last`.
    pub(crate) run: String,
    /// The clock that it was timed by.
    pub(crate) clock: Clock,
    /// From the start of the program to its end.
    pub(crate) total: Milliseconds,
    /// The calls from top to bottom: each below the one that made it.
    pub(crate) calls: Vec<CallData>,
}

/// A call of a run.
#[derive(Debug, Serialize)]
pub(crate) struct CallData {
    /// What it is called, in 40 columns at most.
    pub(crate) label: String,
    /// Its number in the text, if it has one.
    pub(crate) call: Option<u32>,
    /// The position in the run's `calls` of the call that made it.
    pub(crate) parent: Option<usize>,
    /// When it started.
    pub(crate) start: Milliseconds,
    /// When it was polled, as far as the drawing shows it: of many polls some.
    pub(crate) polls: Vec<Milliseconds>,
    /// How often it was polled.
    pub(crate) polled: usize,
    /// When it ended; null while it is running.
    pub(crate) end: Option<Milliseconds>,
    /// How it ended.
    pub(crate) outcome: Outcome,
    /// Its place among the completed calls, counted from 1; null if it did not complete.
    pub(crate) order: Option<u32>,
}

/// What is true of a run, for the form that asks for it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Prediction {
    /// The name of the run.
    pub(crate) run: String,
    /// How long it took.
    pub(crate) total: Milliseconds,
    /// The numbers of the calls in the order in which they completed; empty if it is not asked for.
    pub(crate) order: Vec<u32>,
    /// The numbers of the calls as they are written; empty if the order is not asked for.
    pub(crate) calls: Vec<u32>,
    /// What became of the calls that did not return, in sentences.
    pub(crate) fates: String,
    /// Whether a call was dropped or left running: then the run is shorter than the calls would be.
    pub(crate) is_cut: bool,
    /// What the calls would take one after the other; 0 if that cannot be said.
    pub(crate) sum: Milliseconds,
    /// What the calls would take side by side; 0 if that cannot be said.
    pub(crate) longest: Milliseconds,
}

/// The number of runs that the whole book asks for.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct Predictions(pub(crate) usize);

/// The calls that the bench begins with.
#[derive(Debug, Serialize)]
pub(crate) struct Bench {
    /// How they are made: a mode of the model in `theme`.
    pub(crate) mode: &'static str,
    /// How long each of them waits.
    pub(crate) delays: Vec<Milliseconds>,
}

/// A program in another language, for its tab.
#[derive(Debug, Serialize)]
pub(crate) struct Program {
    /// The language as a key: `python`.
    pub(crate) language: &'static str,
    /// The language as the tab names it: `Python`.
    pub(crate) name: &'static str,
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
