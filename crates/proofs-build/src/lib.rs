//! Merges the proofs of many small crates into the doc-tests of one.
//!
//! A listing proves its claim by the doc-test in its `//!` lines, and `cargo test -p join` runs that.
//! Proving all of them in this way compiles and links a program for each, one after the other: half
//! a second a listing. From edition 2024 on, rustdoc compiles all doc-tests of *one* crate into one
//! program, and runs each of them
//! [in a process of its own](https://doc.rust-lang.org/edition-guide/rust-2024/rustdoc-doctests.html)
//! as before. So the packages `tests/proofs` and `tests/starting-points` consist of one module for
//! each listing, or each exercise, whose documentation is that of the listing. Their build scripts call
//! [`build_script`], which writes those modules; nothing of them is kept in the repository.
//!
//! A manifest cannot name its dependencies by a pattern. [`update`] writes that list, and a build
//! fails as long as it is not complete.

mod manifest;
mod merge;

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::ExitCode,
};

pub use manifest::{MARK, update};
pub use merge::merge;

/// The packages that consist of merged proofs, and the folder whose crates each of them merges; both
/// relative to the root of the workspace.
pub const PACKAGES: [(&str, &str); 2] =
    [("tests/proofs", "listings"), ("tests/starting-points", "exercises")];

/// What prevents proofs from being merged.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder cannot be read or written.
    #[error("{}: {error}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the operating system says.
        error: io::Error,
    },
    /// The manifest of a package of merged proofs does not name what it merges.
    #[error(
        "{}: the dependencies lack `{name}`; run `cargo run -p proofs-build`, or add\n\n    {line}\n",
        manifest.display()
    )]
    Missing {
        /// The manifest.
        manifest: PathBuf,
        /// The name of the crate that is missing.
        name: String,
        /// The line that it needs.
        line: String,
    },
    /// The manifest of a package of merged proofs has no place for the list.
    #[error("{}: the line `{}` is missing, below which the list belongs", manifest.display(), manifest::MARK)]
    Unmarked {
        /// The manifest.
        manifest: PathBuf,
    },
    /// A proof cannot be merged as it is.
    #[error("{file}:{line}: {message}")]
    Proof {
        /// The file, relative to the root.
        file: String,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong, and how to put it right.
        message: &'static str,
    },
}

/// A crate whose proof is merged: `<folder>/<chapter>/<name>`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Member {
    /// The name of the package and of its folder.
    pub name: String,
    /// Its folder, relative to the root, with `/` on every system.
    pub folder: String,
}

impl Member {
    /// The name of its crate, and of the module that has its proof.
    pub fn crate_name(&self) -> String {
        self.name.replace('-', "_")
    }
}

/// The crates in `root/<folder>/*/*`, ordered by name.
///
/// # Errors
///
/// If a folder cannot be read.
pub fn members(root: &Path, folder: &str) -> Result<Vec<Member>, Error> {
    let mut members = Vec::new();
    for chapter in folders(&root.join(folder))? {
        for name in folders(&root.join(folder).join(&chapter))? {
            members.push(Member { folder: format!("{folder}/{chapter}/{name}"), name });
        }
    }
    members.sort();
    Ok(members)
}

/// What the build script of a package of merged proofs does: checks that its manifest names every
/// crate in `folder`, and writes the modules to `$OUT_DIR/proofs.rs`. An error is printed for cargo
/// to show.
pub fn build_script(folder: &str) -> ExitCode {
    let path = |variable| {
        PathBuf::from(env::var_os(variable).expect("cargo sets it for every build script"))
    };
    let (package, out) = (path("CARGO_MANIFEST_DIR"), path("OUT_DIR"));
    // A whole folder: what is new there is noticed as well as what has changed.
    println!("cargo::rerun-if-changed=Cargo.toml");
    println!("cargo::rerun-if-changed=../../{folder}");
    let root = package.ancestors().nth(2).expect("a package of merged proofs is in `tests`");
    match manifest::check(root, &package, folder).and_then(|()| merge(root, folder, &out)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// The names of the folders in a folder.
fn folders(path: &Path) -> Result<Vec<String>, Error> {
    let failed = |error| Error::Io { path: path.to_owned(), error };
    let mut names = Vec::new();
    for entry in fs::read_dir(path).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if entry.path().is_dir() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    Ok(names)
}

fn read(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(|error| Error::Io { path: path.to_owned(), error })
}

/// Writes a file, unless it has this text already: what depends on it is not built anew then.
fn write(path: &Path, text: &str) -> Result<bool, Error> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(false);
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, text))
        .map_err(|error| Error::Io { path: path.to_owned(), error })?;
    Ok(true)
}
