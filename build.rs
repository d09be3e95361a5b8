//! Hands every Rust block of the book, as the page shows it, to skeptic.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
    time::SystemTime,
};

use anyhow::{Context, Result};
use mdbook_driver::{
    MDBook,
    book::{BookItem, Chapter},
    config::Config,
};
use mdbook_listings::{Catalogue, Diagnostics, blocks};

fn main() -> ExitCode {
    match generate() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn generate() -> Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    // Whole folders: a new chapter or a renamed one is noticed as well as a changed one.
    for path in ["book.toml", "src", "listings", "exercises", "tests/errors"] {
        println!("cargo::rerun-if-changed={path}");
    }
    let out = PathBuf::from(env::var("OUT_DIR")?).join("chapters");
    fs::create_dir_all(&out)?;

    let catalogue = Catalogue::load(&root)?;
    let mut diagnostics = Vec::new();
    let mut files = Vec::new();
    for (source, text) in chapters(&root)? {
        match catalogue.expand(&source, &text) {
            Ok(expanded) => files.push(write_chapter(&out, &source, &blocks::prepare(&expanded))?),
            Err(found) => diagnostics.extend(found.0),
        }
    }
    if is_recording() {
        // What a chapter misses may be just what is being recorded; it has to wait for the next
        // build.
        diagnostics.drain(..).for_each(|diagnostic| println!("cargo::warning={diagnostic}"));
    }
    if !diagnostics.is_empty() {
        return Err(Diagnostics(diagnostics).into());
    }
    skeptic::generate_doc_tests(&files);
    redirect(&PathBuf::from(env::var("OUT_DIR")?).join("skeptic-tests.rs"))
}

/// Whether this build is for recording what runs do.
fn is_recording() -> bool {
    println!("cargo::rerun-if-env-changed=TIMELINE");
    env::var_os("TIMELINE").is_some()
}

/// The chapters that `SUMMARY.md` names: their files, relative to the root, and their texts.
fn chapters(root: &Path) -> Result<Vec<(PathBuf, String)>> {
    let mut config = Config::from_disk(root.join("book.toml"))?;
    // The preprocessor of book.toml is a `cargo run`, and would wait for the very cargo that runs
    // this. It is not needed either: only the texts are read here.
    config.set("preprocessor", std::collections::BTreeMap::<String, String>::new())?;
    let src = config.book.src.clone();
    let book = MDBook::load_with_config(root, config)?;
    let chapter = |item: &BookItem| match item {
        BookItem::Chapter(Chapter { source_path: Some(path), content, .. }) => {
            Some((src.join(path), content.clone()))
        }
        _ => None,
    };
    Ok(book.iter().filter_map(chapter).collect())
}

/// Writes a chapter for skeptic, which names tests after the file: a letter in front lets a file's
/// name begin with any character, and the whole path keeps two files of one name apart.
fn write_chapter(out: &Path, source: &Path, text: &str) -> Result<PathBuf> {
    let name = source.with_extension("").to_string_lossy().replace(['/', '\\'], "_");
    let file = out.join(format!("page_{name}.md"));
    if fs::read_to_string(&file).ok().as_deref() != Some(text) {
        fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
    }
    // skeptic asks cargo to build again when this file changes, and cargo takes a file that is
    // younger than the build for changed. It never changes but here.
    fs::File::options().write(true).open(&file)?.set_modified(SystemTime::UNIX_EPOCH)?;
    Ok(file)
}

/// Lets the generated tests call this book's runtime, which wraps skeptic's own; and lets a test
/// that must panic do so for no other reason than that the compiler failed.
fn redirect(generated: &Path) -> Result<()> {
    let tests = fs::read_to_string(generated)?;
    let ours = tests
        .replace("    skeptic::rt::", "    runtime::")
        .replace("#[should_panic]", "#[should_panic(expected = \"Command failed\")]");
    fs::write(generated.with_file_name("blocks.rs"), ours)?;
    Ok(())
}
