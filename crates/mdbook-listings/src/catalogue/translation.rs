//! Programs in other languages.

use std::path::{Path, PathBuf};

use super::files::{read_shown, read_shown_if_any};
use crate::diagnostic::{Diagnostic, relative};

/// The same program in another language.
#[derive(Debug)]
pub(crate) struct Translation {
    pub(crate) language: Language,
    /// The file, relative to the root.
    pub(crate) file: PathBuf,
    pub(crate) program: String,
    /// What the interpreter says to it on standard error, if it is not silent.
    pub(crate) message: Option<String>,
}

/// A language that programs are compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Language {
    /// Its name in the text.
    pub(crate) name: &'static str,
    /// Its name in directives, fences and file names of recordings.
    pub(crate) key: &'static str,
    /// How its files end.
    pub(crate) extension: &'static str,
    /// What runs a program.
    pub(crate) command: &'static str,
}

/// The languages. To add one, add a row here and a driver in `tests/rosetta`.
pub(crate) const LANGUAGES: [Language; 2] = [
    Language { name: "Python", key: "python", extension: "py", command: "python3" },
    Language { name: "JavaScript", key: "javascript", extension: "mjs", command: "node" },
];

impl Translation {
    /// The translations of the program whose files in a folder have this stem.
    pub(super) fn load_all(
        folder: &Path,
        stem: &str,
        root: &Path,
    ) -> Result<Vec<Translation>, Diagnostic> {
        let mut translations = Vec::new();
        for language in LANGUAGES {
            let file = folder.join(format!("{stem}.{}", language.extension));
            if file.exists() {
                let message = folder.join(format!("{stem}.{}.stderr", language.extension));
                translations.push(Translation {
                    language,
                    program: read_shown(&file, root)?,
                    message: read_shown_if_any(&message, root)?,
                    file: relative(&file, root),
                });
            }
        }
        Ok(translations)
    }
}
