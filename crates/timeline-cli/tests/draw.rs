//! `timeline draw`, as a reader starts it.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use tempfile::TempDir;

const RECORDING: &str = r#"clock = "virtual"
total = "8s"

[[call]]
name = "wait"
start = "0s"
polls = ["0s", "8s"]
end = "8s"
outcome = "returned"
order = 1
"#;

/// A folder with a recording in it.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("one.timeline.toml"), RECORDING).expect("a new file");
    folder
}

fn timeline(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_timeline"));
    command.current_dir(folder).args(arguments).output().expect("the command starts")
}

#[track_caller]
fn assert_fails(output: &Output, message: &str) {
    assert!(!output.status.success());
    assert!(output.stdout.is_empty());
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.starts_with(message), "{said}");
}

#[test]
fn the_name_of_the_output_says_what_it_is() {
    let folder = folder();
    for (name, begins, contains) in [
        ("run.svg", "<svg xmlns=", "wait · 0 → 8\u{a0}s"),
        ("run.html", "<!DOCTYPE html>", "<div class=\"player\"></div>"),
    ] {
        let output = timeline(folder.path(), &["draw", "one.timeline.toml", "-o", name]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(output.stdout.is_empty() && output.stderr.is_empty());
        let picture = fs::read_to_string(folder.path().join(name)).expect("a picture");
        assert!(picture.starts_with(begins), "{picture}");
        assert!(picture.contains(contains), "{picture}");
        assert!(picture.contains("<title") && picture.contains(">one</title>"), "{picture}");
    }
}

#[test]
fn the_page_brings_the_player() {
    let folder = folder();
    let arguments =
        ["draw", "one.timeline.toml", "-o", "-", "--format", "html", "--title", "A & B"];
    let page = timeline(folder.path(), &arguments).stdout;
    let page = String::from_utf8(page).expect("a page is text");
    assert!(page.contains("<h1>A &amp; B</h1>"), "{page}");
    assert!(page.contains("Next event"), "the script of the player is missing");
    assert!(page.contains("figure.timeline .player"), "the styles of the player are missing");
    for loaded in [" src=", "<link", "url(", "@import"] {
        assert!(!page.contains(loaded), "{loaded}");
    }
}

#[test]
fn a_recording_is_named_by_its_folder() {
    let folder = folder();
    fs::create_dir(folder.path().join("join")).expect("a new folder");
    fs::write(folder.path().join("join/timeline.toml"), RECORDING).expect("a new file");
    let svg = timeline(&folder.path().join("join"), &["draw", "timeline.toml", "-o", "-"]).stdout;
    assert!(String::from_utf8_lossy(&svg).contains(">join</title>"));
}

#[test]
fn what_is_wrong_is_reported_with_file_line_and_remedy() {
    let folder = folder();
    let draw = |file: &str, output: &str| timeline(folder.path(), &["draw", file, "-o", output]);
    assert_fails(&draw("two.toml", "x.svg"), "timeline: two.toml: there is no such file; name a");
    assert_fails(
        &draw("one.timeline.toml", "x.png"),
        "timeline: x.png: the name must end with .svg or .html, unless --format says",
    );
    assert_fails(
        &draw("one.timeline.toml", "no/x.svg"),
        "timeline: no/x.svg: cannot write this file: ",
    );
    let write =
        |content: &[u8]| fs::write(folder.path().join("bad.toml"), content).expect("a file");
    write(RECORDING.replace("end = \"8s\"", "end = \"8 parsecs\"").as_bytes());
    assert_fails(&draw("bad.toml", "x.svg"), "timeline: bad.toml:8: ");
    write(RECORDING.replace("order = 1", "").as_bytes());
    assert_fails(&draw("bad.toml", "x.svg"), "timeline: bad.toml:4: a call has an `order` if, and");
    write(b"clock = 1\n# \xff");
    assert_fails(&draw("bad.toml", "x.svg"), "timeline: bad.toml:2: this is not UTF-8");
    assert!(!folder.path().join("x.svg").exists());
}
