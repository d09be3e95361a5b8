//! The names of listings, exercises and rejected programs.

use std::path::Path;

use super::files::read;
use crate::diagnostic::{Diagnostic, relative};

/// A name stands in directives, in HTML and in fragments of links.
pub(super) fn check_name(name: &str, path: &Path, root: &Path) -> Result<(), Diagnostic> {
    if name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_') {
        return Ok(());
    }
    let message = format!("`{name}` must be made of letters, digits, `-` and `_` only");
    Err(Diagnostic::new(relative(path, root), 1, message))
}

/// A listing's folder and its package have the same name, so that the command on the page runs
/// the program on the page.
pub(super) fn check_manifest(
    folder: &Path,
    name: &str,
    root: &Path,
) -> Result<Option<String>, Diagnostic> {
    let manifest = folder.join("Cargo.toml");
    let file = relative(&manifest, root);
    let text = read(&manifest, root)?;
    let parsed: toml::Table = toml::from_str(&text).map_err(|error| {
        let before = error.span().map_or(0, |span| span.start);
        let line = 1 + text[..before.min(text.len())].matches('\n').count();
        Diagnostic::new(&file, line, error.message().to_owned())
    })?;
    let value = |key| parsed.get("package")?.get(key)?.as_str();
    match value("name") {
        Some(package) if package == name => Ok(value("edition").map(str::to_owned)),
        Some(package) => {
            let line = text.lines().position(|line| line.contains(package)).map_or(1, |i| i + 1);
            let message = format!(
                "the package is named `{package}` and its folder `{name}`; give both one name"
            );
            Err(Diagnostic::new(file, line, message))
        }
        None => {
            Err(Diagnostic::new(file, 1, format!("the package has no name; it should be `{name}`")))
        }
    }
}
