//! Programs that the compiler must reject.

use std::path::Path;

use super::{
    files::{read_shown, read_shown_if_any},
    names::check_name,
    translation::Translation,
};
use crate::diagnostic::Diagnostic;

/// A program that the compiler must reject: `tests/errors/<name>.rs`.
#[derive(Debug)]
pub(crate) struct Rejected {
    pub(crate) name: String,
    pub(crate) program: String,
    /// What the compiler says, as trybuild keeps it; none if it was not recorded yet.
    pub(crate) message: Option<String>,
    pub(crate) translations: Vec<Translation>,
}

impl Rejected {
    pub(super) fn load(file: &Path, root: &Path) -> Result<Rejected, Diagnostic> {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        check_name(&name, file, root)?;
        Ok(Rejected {
            program: read_shown(file, root)?,
            message: read_shown_if_any(&file.with_extension("stderr"), root)?,
            translations: Translation::load_all(&file.with_file_name(""), &name, root)?,
            name,
        })
    }
}
