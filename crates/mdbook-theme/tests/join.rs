//! Files of a theme, joined.

use std::{
    fs::{self, File},
    path::PathBuf,
    time::UNIX_EPOCH,
};

use mdbook_theme::{Lists, join};
use tempfile::TempDir;

/// A book with these files in `theme`.
fn book(files: &[(&str, &str)]) -> TempDir {
    let book = tempfile::tempdir().unwrap();
    fs::create_dir_all(book.path().join("theme/scripts")).unwrap();
    for (name, text) in files {
        fs::write(book.path().join("theme").join(name), text).unwrap();
    }
    book
}

fn lists(target: &str, sources: &[&str]) -> Lists {
    let path = |name: &&str| PathBuf::from("theme").join(name);
    Lists::from([(path(&target), sources.iter().map(path).collect())])
}

#[test]
fn files_are_joined_in_their_order_without_their_comments() {
    let book = book(&[
        ("scripts/a.js", "// The first.\n(() => {\n    a(`x // ${1 + 1}`);\n})();\n"),
        ("scripts/b.js", "/** The second. */\n(() => {\n    b();\n})();\n"),
        ("scripts/README.md", "Not a script."),
    ]);
    for order in [["scripts/b.js", "scripts/a.js"], ["scripts/a.js", "scripts/b.js"]] {
        join(book.path(), &lists("clock.js", &order)).unwrap();
        let joined = fs::read_to_string(book.path().join("theme/clock.js")).unwrap();
        let [a, b] = ["(()=>{a(`x // ${1 + 1}`);})();", "(()=>{b();})();"];
        let expected = if order[0] == "scripts/b.js" { [b, a] } else { [a, b] }.concat();
        assert_eq!(joined.lines().nth(1), Some(expected.as_str()));
    }
}

#[test]
fn a_file_that_would_not_change_is_not_written() {
    let book = book(&[("scripts/a.css", "/* Red. */\na {\n    color: red;\n}\n")]);
    let lists = lists("clock.css", &["scripts/a.css"]);
    join(book.path(), &lists).unwrap();
    let target = book.path().join("theme/clock.css");
    let text = fs::read_to_string(&target).unwrap();
    assert!(text.ends_with("a{color:red;}\n"), "{text}");
    File::options().write(true).open(&target).unwrap().set_modified(UNIX_EPOCH).unwrap();
    let written = || fs::metadata(&target).unwrap().modified().unwrap();
    join(book.path(), &lists).unwrap();
    assert_eq!(written(), UNIX_EPOCH);
    fs::write(book.path().join("theme/scripts/a.css"), "a { color: blue; }").unwrap();
    join(book.path(), &lists).unwrap();
    assert_ne!(written(), UNIX_EPOCH);
}

#[test]
fn a_file_that_no_page_would_load_is_refused() {
    let book = book(&[("scripts/a.js", ""), ("scripts/b.js", "")]);
    let error = join(book.path(), &lists("clock.js", &["scripts/a.js"])).unwrap_err().to_string();
    assert!(error.contains("b.js: no page would load this file; add it to a list of"), "{error}");
}

#[test]
fn a_file_that_is_not_there_is_refused() {
    let book = book(&[("scripts/a.js", "")]);
    let sources = ["scripts/a.js", "scripts/b.js"];
    let error = join(book.path(), &lists("clock.js", &sources)).unwrap_err().to_string();
    assert!(error.contains("b.js: cannot read this file, which [preprocessor.theme"), "{error}");
}

#[test]
fn a_style_sheet_that_is_none_is_refused() {
    let book = book(&[("scripts/a.css", "a { color: red; } /* no end")]);
    let error = join(book.path(), &lists("clock.css", &["scripts/a.css"])).unwrap_err().to_string();
    assert!(error.contains("clock.css"), "{error}");
}
