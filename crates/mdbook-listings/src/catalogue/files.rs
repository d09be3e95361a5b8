//! Reading the files of a book. Diagnostics name them as the root of the book sees them.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use walkdir::{DirEntry, WalkDir};

use crate::{
    diagnostic::{Diagnostic, Diagnostics, relative},
    raw::opening,
};

/// The text of a file, with the line endings of Unix and without a byte order mark: whatever
/// editor it was written with, the page is the same.
pub(super) fn read(path: &Path, root: &Path) -> Result<String, Diagnostic> {
    let file = relative(path, root);
    let bytes = fs::read(path).map_err(|error| {
        let message = if error.kind() != io::ErrorKind::NotFound {
            format!("this file cannot be read: {error}")
        } else if file.starts_with("exercises") {
            "this file is missing; every folder in exercises/*/ is an exercise".to_owned()
        } else {
            "this file is missing; every folder in listings/*/ is a listing".to_owned()
        };
        Diagnostic::new(&file, 1, message)
    })?;
    let text = str::from_utf8(&bytes).map_err(|error| {
        let line = 1 + bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count();
        Diagnostic::new(&file, line, "what stands here is not UTF-8; save the file as such")
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n"))
}

/// The text of a file that pages show.
pub(super) fn read_shown(path: &Path, root: &Path) -> Result<String, Diagnostic> {
    let text = read(path, root)?;
    match opening(&text) {
        None => Ok(text),
        Some(line) => {
            let message = "mdBook would take what begins here with `{{` and `#` for a directive; write it \
                           in another way";
            Err(Diagnostic::new(relative(path, root), line, message))
        }
    }
}

/// The same, of a file that need not exist.
pub(super) fn read_shown_if_any(path: &Path, root: &Path) -> Result<Option<String>, Diagnostic> {
    path.exists().then(|| read_shown(path, root)).transpose()
}

/// The files and folders that are so deep inside of a folder (1: right in it), in the order of their
/// names; without what is hidden, as editors leave it.
pub(super) fn entries(
    folder: &Path,
    depth: usize,
    root: &Path,
    diagnostics: &mut Diagnostics,
) -> Vec<PathBuf> {
    let is_shown = |entry: &DirEntry| {
        entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
    };
    WalkDir::new(folder)
        .min_depth(depth)
        .max_depth(depth)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(is_shown)
        .filter_map(|entry| {
            let entry = entry.map_err(|error| {
                let path = relative(error.path().unwrap_or(folder), root);
                Diagnostic::new(path, 1, format!("this folder cannot be read: {error}"))
            });
            diagnostics.keep(entry).map(DirEntry::into_path)
        })
        .collect()
}

/// The folders of crates in `root/<kind>/<chapter>/<name>`.
pub(super) fn crates(kind: &str, root: &Path, diagnostics: &mut Diagnostics) -> Vec<PathBuf> {
    let mut folders = entries(&root.join(kind), 2, root, diagnostics);
    folders.retain(|folder| folder.is_dir());
    folders
}

pub(super) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
