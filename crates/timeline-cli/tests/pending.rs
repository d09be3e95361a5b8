//! `timeline review`, `accept` and `reject`, as a reader starts them.

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use tempfile::TempDir;

const RECORDED: &str = "clock = \"virtual\"\ntotal = \"8s\"\n";
const NEW: &str = "clock = \"virtual\"\ntotal = \"9s\"\n";

/// A folder with two runs that are not the recorded ones.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for name in ["one", "two"] {
        let file = |extension| folder.path().join(format!("{name}.timeline.toml{extension}"));
        fs::write(file(""), RECORDED).expect("a new file");
        fs::write(file(".new"), NEW).expect("a new file");
    }
    folder
}

/// What the command prints, given these answers.
fn timeline(folder: &Path, command: &str, answers: &str) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_timeline"))
        .arg(command)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the command starts");
    // It may not ask, and have ended already.
    let _ = child.stdin.take().expect("it was piped").write_all(answers.as_bytes());
    let output = child.wait_with_output().expect("the command ends");
    assert!(output.status.success());
    String::from_utf8(output.stdout).expect("it prints text")
}

/// Whether the run is the recorded one now, and whether it still waits.
fn state(folder: &Path, name: &str) -> (bool, bool) {
    let recording = folder.join(format!("{name}.timeline.toml"));
    let is_new = fs::read_to_string(&recording).expect("a recording") == NEW;
    (is_new, folder.join(format!("{name}.timeline.toml.new")).exists())
}

#[test]
fn a_review_shows_the_difference_and_does_what_is_answered() {
    let folder = folder();
    let printed = timeline(folder.path(), "review", "what?\na\nr\n");
    assert!(printed.contains("one.timeline.toml (1 of 2)"), "{printed}");
    assert!(printed.contains("»9s«"), "{printed}");
    assert_eq!(state(folder.path(), "one"), (true, false));
    assert_eq!(state(folder.path(), "two"), (false, false));
    assert_eq!(
        timeline(folder.path(), "review", ""),
        "every run that was tested is the recorded one\n"
    );
}

#[test]
fn what_is_not_answered_is_skipped() {
    let folder = folder();
    timeline(folder.path(), "review", "s\n");
    for name in ["one", "two"] {
        assert_eq!(state(folder.path(), name), (false, true));
    }
}

#[test]
fn all_can_be_accepted_or_rejected_at_once() {
    for (command, is_new) in [("accept", true), ("reject", false)] {
        let folder = folder();
        let printed = timeline(folder.path(), command, "");
        assert_eq!(printed.lines().count(), 2, "{printed}");
        for name in ["one", "two"] {
            assert_eq!(state(folder.path(), name), (is_new, false));
        }
    }
}
