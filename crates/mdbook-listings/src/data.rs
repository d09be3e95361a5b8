//! What a page passes to the scripts in `theme`.
//!
//! An element that a script works on has one attribute whose value is the JSON of one of the structs
//! named here. Every time in them is a number of milliseconds; whole milliseconds are whole numbers.
//! All that a script says about a recorded run comes from there; nothing is computed again.
//!
//! | element | attribute | value |
//! |---|---|---|
//! | `figure.timeline` | `data-timeline` | [`timeline_figure::RunData`] |
//! | `figure.timeline > svg` | `data-span` | [`Milliseconds`]: where the axis of the drawing ends |
//! | `form.predict` | `data-prediction` | [`Prediction`] |
//! | `[data-predictions]` | `data-predictions` | [`Predictions`] |
//! | `.bench` | `data-bench` | [`Bench`] |
//! | `.language` | `data-program` | [`Program`] |
//!
//! Other `data-` attributes (`data-run`, `data-listing`, `data-error`, …) name what an element shows:
//! tests and scripts find elements by them, and read nothing else from them.

use serde::Serialize;
use timeline_figure::Milliseconds;

/// What is true of a run, for the form that asks for it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Prediction {
    /// The name of the run.
    pub(crate) run: String,
    /// How long it took.
    pub(crate) total: Milliseconds,
    /// The numbers of the calls in the order in which they completed; empty if the form does not ask for
    /// an order.
    pub(crate) order: Vec<u32>,
    /// The numbers of the calls as they are written; empty if the form does not ask for an order.
    pub(crate) calls: Vec<u32>,
    /// What became of the calls that did not return, in sentences.
    pub(crate) fates: String,
    /// Whether a call was dropped or left running: then the run is shorter than the calls would be.
    pub(crate) is_cut: bool,
    /// How long the calls would take one after the other; 0 if that is not known.
    pub(crate) sum: Milliseconds,
    /// How long the calls would take all at once; 0 if that is not known.
    pub(crate) longest: Milliseconds,
}

/// The number of runs that the whole book asks for.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct Predictions(pub(crate) usize);

/// The calls that the bench begins with.
#[derive(Debug, Serialize)]
pub(crate) struct Bench<'a> {
    /// How they are made: a mode of the model in `theme`.
    pub(crate) mode: &'a str,
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
