//! Joins the theme's scripts and style sheets.
//!
//! The source of the theme is one file a job. mdBook would have a page request each of them; so they
//! are joined, without their comments, into the one script and the one style sheet that `additional-js`
//! and `additional-css` name. `book.toml` says what is joined into what, and in which order:
//!
//! ```toml
//! [preprocessor.theme.join]
//! "theme/clock.js" = ["theme/scripts/format.js", "theme/scripts/player.js"]
//! ```
//!
//! It is a preprocessor because those run in every build, before mdBook reads the files of the theme: a
//! fresh clone needs no further command, and `mdbook serve` shows a changed script. The joined files are
//! not in the repository; that git ignores them keeps `mdbook serve` from taking them for a change.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
    process,
};

use mdbook_preprocessor::{
    Preprocessor, PreprocessorContext,
    book::Book,
    errors::{Error, Result},
};

/// What is joined: the sources of each file, in their order. All paths are relative to the book.
pub type Lists = BTreeMap<PathBuf, Vec<PathBuf>>;

/// The table of `book.toml` that has the [`Lists`].
const TABLE: &str = "preprocessor.theme.join";

/// The preprocessor. It leaves the chapters as they are.
#[derive(Clone, Copy, Debug, Default)]
pub struct Theme;

impl Preprocessor for Theme {
    fn name(&self) -> &str {
        "theme"
    }

    /// # Errors
    ///
    /// Those of [`join`]; and if `book.toml` has no lists.
    fn run(&self, context: &PreprocessorContext, book: Book) -> Result<Book> {
        let lists: Option<Lists> = context.config.get(TABLE).map_err(|error| {
            Error::msg(format!(
                "book.toml: [{TABLE}] has to list, for each file that is made, the files that are joined \
                 into it: {error:#}"
            ))
        })?;
        let lists = lists.ok_or_else(|| {
            Error::msg(format!("book.toml: there is no [{TABLE}] to say which files are joined"))
        })?;
        join(&context.root, &lists)?;
        Ok(book)
    }
}

/// Makes the joined files of the book in the folder `root`. A file that would not change is not
/// written, and one that is written is complete at any time.
///
/// # Errors
///
/// If a source cannot be read or a file not written, and if a file next to a source, of the same kind,
/// is in no list: no page would load it.
pub fn join(root: &Path, lists: &Lists) -> Result<()> {
    let listed: BTreeSet<&Path> = lists.values().flatten().map(PathBuf::as_path).collect();
    if let Some(file) = unlisted(root, &listed)? {
        return Err(Error::msg(format!(
            "{}: no page would load this file; add it to a list of [{TABLE}] in book.toml, after the \
             files whose functions it uses",
            file.display()
        )));
    }
    for (target, sources) in lists {
        let joined = joined(root, target, sources)?;
        let path = root.join(target);
        if fs::read_to_string(&path).ok().as_deref() != Some(&joined) {
            write(&path, &joined).map_err(|error| {
                Error::msg(format!("{}: cannot write: {error}", path.display()))
            })?;
        }
    }
    Ok(())
}

/// A file in the folder of a listed one, with the same extension, that is not listed.
fn unlisted(root: &Path, listed: &BTreeSet<&Path>) -> Result<Option<PathBuf>> {
    let kinds: BTreeSet<_> = listed.iter().map(|file| (file.parent(), file.extension())).collect();
    for (folder, extension) in kinds {
        let folder = folder.unwrap_or(Path::new(""));
        let entries = fs::read_dir(root.join(folder)).map_err(|error| {
            let folder = folder.display();
            Error::msg(format!(
                "{folder}: cannot read this folder, which [{TABLE}] in book.toml names: {error}"
            ))
        })?;
        for entry in entries {
            let file = folder.join(entry?.file_name());
            if file.extension() == extension && !listed.contains(file.as_path()) {
                return Ok(Some(file));
            }
        }
    }
    Ok(None)
}

/// The content of a joined file.
fn joined(root: &Path, target: &Path, sources: &[PathBuf]) -> Result<String> {
    let mut text = String::new();
    for source in sources {
        text += &fs::read_to_string(root.join(source)).map_err(|error| {
            let source = source.display();
            Error::msg(format!(
                "{source}: cannot read this file, which [{TABLE}] in book.toml names: {error}"
            ))
        })?;
    }
    let minified = if target.extension().is_some_and(|extension| extension == "css") {
        minifier::css::minify(&text)
            .map_err(|error| Error::msg(format!("{}: {error}", target.display())))?
            .to_string()
    } else {
        minifier::js::minify(&text).to_string()
    };
    Ok(format!("/* Made in each build, see [{TABLE}] in book.toml. */\n{minified}\n"))
}

/// Writes a file in one step: a build that runs at the same time sees the old content or the new.
fn write(path: &Path, content: &str) -> io::Result<()> {
    let temporary = path.with_extension(format!("{}.tmp", process::id()));
    fs::write(&temporary, content)?;
    fs::rename(&temporary, path)
}
