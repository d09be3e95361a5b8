//! Listings, with their recordings and translations.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use timeline::{RecordingError, Run};

use super::{
    files::{entries, file_name, read_shown, read_shown_if_any},
    names::{check_manifest, check_name},
    source::Source,
    translation::Translation,
};
use crate::diagnostic::{Diagnostic, Diagnostics, relative};

/// The file in which a listing keeps what it printed.
pub(crate) const OUTPUT: &str = "output.txt";

/// The recording of a listing that has one run, and how the names of the others end.
const ONLY_RECORDING: &str = "timeline.toml";
const OTHER_RECORDINGS: &str = ".timeline.toml";

/// A listing: a crate in `listings/<chapter>/<name>`.
#[derive(Debug)]
pub struct Listing {
    pub(crate) name: String,
    pub(crate) chapter: String,
    /// The folder, relative to the root.
    pub(crate) folder: PathBuf,
    pub(crate) source: Source,
    /// Its edition, if it is not that of the workspace.
    pub(crate) edition: Option<String>,
    /// Its recorded runs, by their full names: `join`, `joined-in-part/two-last`.
    pub(crate) runs: BTreeMap<String, Run>,
    pub(crate) translations: Vec<Translation>,
    /// What it once printed, for the page to show: its file `output.txt`, if there is one.
    pub(crate) output: Option<String>,
}

impl Listing {
    /// The name: that of the package and of its folder.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The chapter that it belongs to: the folder it is in, and the stem of the chapter's file.
    pub fn chapter(&self) -> &str {
        &self.chapter
    }

    /// The recorded runs by their names: `join`, or `joined-in-part/two-last`.
    pub fn runs(&self) -> &BTreeMap<String, Run> {
        &self.runs
    }

    /// Whether it keeps what it printed, in `output.txt`.
    pub fn has_output(&self) -> bool {
        self.output.is_some()
    }

    /// The name of its crate.
    pub(crate) fn crate_name(&self) -> String {
        self.name.replace('-', "_")
    }

    /// The info string of a block of its code on a page.
    pub(crate) fn info(&self, kind: &str) -> String {
        match &self.edition {
            Some(edition) => format!("rust,{kind},edition{edition}"),
            None => format!("rust,{kind}"),
        }
    }

    /// The name of the file that one of its runs was read from, next to its `Cargo.toml`.
    pub(crate) fn recording(&self, run: &str) -> String {
        match run.split_once('/') {
            None => ONLY_RECORDING.to_owned(),
            Some((_, name)) => format!("{name}{OTHER_RECORDINGS}"),
        }
    }

    pub(super) fn load(folder: &Path, root: &Path) -> Result<Listing, Diagnostics> {
        let name = file_name(folder);
        check_name(&name, folder, root)?;
        let edition = check_manifest(folder, &name, root)?;
        let lib = folder.join("src/lib.rs");
        let source = Source::parse(&relative(&lib, root), &read_shown(&lib, root)?)?;
        let mut diagnostics = Diagnostics::default();
        let mut runs = BTreeMap::new();
        for file in entries(folder, 1, root, &mut diagnostics) {
            let file_name = file_name(&file);
            let run = if file_name == ONLY_RECORDING {
                name.clone()
            } else if let Some(run) = file_name.strip_suffix(OTHER_RECORDINGS) {
                format!("{name}/{run}")
            } else {
                continue;
            };
            if let Some(Some(recorded)) = diagnostics.keep(read_run(&file, &name, root)) {
                runs.insert(run, recorded);
            }
        }
        let output = diagnostics.keep(read_shown_if_any(&folder.join(OUTPUT), root)).flatten();
        let mut listing = Listing {
            chapter: folder.parent().map_or_else(String::new, file_name),
            folder: relative(folder, root),
            source,
            edition,
            runs,
            translations: Vec::new(),
            output,
            name,
        };
        let translations = Translation::load_all(folder, &listing.crate_name(), root);
        listing.translations = diagnostics.keep(translations).unwrap_or_default();
        diagnostics.or(listing)
    }
}

/// Reads a recording. An empty file has none: it asks for a recording that is yet to be made. A page
/// that shows the run will miss it, and so will the test that compares it.
fn read_run(file: &Path, listing: &str, root: &Path) -> Result<Option<Run>, Diagnostic> {
    let text = read_shown(file, root)?;
    if text.trim().is_empty() {
        return Ok(None);
    }
    let path = relative(file, root);
    Run::parse(&path, &text).map(Some).map_err(|error| match error {
        RecordingError::Malformed { line, message, .. } => Diagnostic::new(
            path,
            line,
            format!("{message}; fix it, or record it again with `TIMELINE=record cargo test -p {listing}`"),
        ),
        other => Diagnostic::new(path, 1, other.to_string()),
    })
}
