//! What is wrong with the book's sources, told so that it can be mended.

use std::{
    error::Error,
    fmt,
    path::{Path, PathBuf},
};

/// One thing that is wrong: where, what, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, relative to the root of the book.
    pub file: PathBuf,
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong, and the remedy.
    pub message: String,
}

impl Problem {
    pub(crate) fn new(
        file: impl Into<PathBuf>,
        line: usize,
        message: impl Into<String>,
    ) -> Problem {
        Problem { file: file.into(), line, message: message.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file.display(), self.line, self.message)
    }
}

/// Everything that is wrong, so that it can be mended in one go.
#[derive(Debug)]
pub struct Problems(pub Vec<Problem>);

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, problem) in self.0.iter().enumerate() {
            if i > 0 {
                writeln!(f)?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl Error for Problems {}

/// ``; did you mean `join`?`` if one of the names is close to the wrong one, else what there is.
pub(crate) fn suggestion<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    const CLOSE: f64 = 0.5;
    let names: Vec<&str> = names.into_iter().collect();
    let similarity = |name: &str| strsim::normalized_damerau_levenshtein(wrong, name);
    let nearest = names.iter().copied().max_by(|a, b| similarity(a).total_cmp(&similarity(b)));
    match nearest {
        Some(name) if similarity(name) >= CLOSE => format!("; did you mean `{name}`?"),
        Some(_) if names.len() <= 12 => {
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            format!("; there is {}", names.join(", "))
        }
        Some(name) => format!("; the nearest of the {} that exist is `{name}`", names.len()),
        None => "; there is none yet".to_owned(),
    }
}

/// A path as the book's root sees it: error messages name files by it.
pub(crate) fn relative(path: &Path, root: &Path) -> PathBuf {
    path.strip_prefix(root).unwrap_or(path).to_owned()
}
