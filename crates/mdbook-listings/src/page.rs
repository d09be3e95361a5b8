//! A page while the directives of its chapter are expanded.

use std::collections::BTreeSet;

use crate::Catalogue;

/// What a directive knows about the page that it stands on.
pub(crate) struct Page<'a> {
    pub(crate) catalogue: &'a Catalogue,
    /// The stem of the chapter's file.
    chapter: String,
    /// The path from the page to the root of the book: `../` for each folder in between.
    pub(crate) to_root: String,
    /// The ids that have been given.
    ids: BTreeSet<String>,
    /// The run that the reader has been asked to predict in this section, and has not been shown yet.
    awaiting_prediction: Option<String>,
    /// The runs that the reader is asked to predict.
    pub(crate) predicted: BTreeSet<String>,
}

impl<'a> Page<'a> {
    pub(crate) fn new(catalogue: &'a Catalogue, chapter: String, to_root: String) -> Page<'a> {
        Page {
            catalogue,
            chapter,
            to_root,
            ids: BTreeSet::new(),
            awaiting_prediction: None,
            predicted: BTreeSet::new(),
        }
    }

    /// Whether the page belongs to this chapter.
    pub(crate) fn is_of(&self, chapter: &str) -> bool {
        self.chapter == chapter
    }

    /// The id, if no element of the page has it yet.
    pub(crate) fn new_id(&mut self, id: String) -> Option<String> {
        self.ids.insert(id.clone()).then_some(id)
    }

    /// A new section begins: what the reader was asked in the last one is forgotten.
    pub(crate) fn begin_section(&mut self) {
        self.awaiting_prediction = None;
    }

    /// The reader is asked to predict a run.
    pub(crate) fn ask_for(&mut self, run: &str) {
        self.awaiting_prediction = Some(run.to_owned());
        self.predicted.insert(run.to_owned());
    }

    /// Whether the reader has just been asked for a run that is shown now, for the first time.
    pub(crate) fn take_awaited(&mut self, run: &str) -> bool {
        self.awaiting_prediction.take_if(|awaited| awaited == run).is_some()
    }
}
