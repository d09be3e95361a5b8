//! Diagnostics: file, line, message and a suggested fix.

use std::{
    error::Error,
    fmt,
    path::{Path, PathBuf},
};

/// One thing that is wrong: where, what, and how to fix it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file, relative to the root of the book.
    pub file: PathBuf,
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong, and how to fix it.
    pub message: String,
}

impl Diagnostic {
    pub(crate) fn new(
        file: impl Into<PathBuf>,
        line: usize,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic { file: file.into(), line, message: message.into() }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file.display(), self.line, self.message)
    }
}

/// Everything that is wrong, so that it can be fixed in one go.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Diagnostics(pub Vec<Diagnostic>);

impl Diagnostics {
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// The value, or what was wrong with it, which is kept for the end.
    pub(crate) fn keep<T>(&mut self, result: Result<T, impl Into<Diagnostics>>) -> Option<T> {
        result.map_err(|wrong| self.0.extend(wrong.into().0)).ok()
    }

    /// The value, unless something was wrong.
    pub(crate) fn or<T>(self, value: T) -> Result<T, Diagnostics> {
        if self.0.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Diagnostics {
        Diagnostics(vec![diagnostic])
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, diagnostic) in self.0.iter().enumerate() {
            if i > 0 {
                writeln!(f)?;
            }
            write!(f, "{diagnostic}")?;
        }
        Ok(())
    }
}

impl Error for Diagnostics {}

/// What is wrong with something whose caller knows the file and the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message(String);

impl Message {
    pub(crate) fn at(self, file: impl Into<PathBuf>, line: usize) -> Diagnostic {
        Diagnostic::new(file, line, self.0)
    }
}

impl<T: Into<String>> From<T> for Message {
    fn from(text: T) -> Message {
        Message(text.into())
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

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

/// A path as the root of the book sees it: diagnostics name files by it.
pub(crate) fn relative(path: &Path, root: &Path) -> PathBuf {
    path.strip_prefix(root).unwrap_or(path).to_owned()
}
