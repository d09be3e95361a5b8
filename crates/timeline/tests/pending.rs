//! Runs that are not the recorded ones are left next to their recordings, to be looked at.

use std::{
    env, fs,
    panic::catch_unwind,
    path::{Path, PathBuf},
};

use tempfile::TempDir;
use timeline::{Run, pending, record, recordings_in, seconds};
use tokio::time::sleep;
use tracing::instrument;

#[instrument(ret)]
async fn wait(call: u32, delay: u64) {
    sleep(seconds(delay)).await;
}

/// A workspace with a package in it, whose recordings this thread compares with.
fn workspace() -> (TempDir, PathBuf) {
    assert!(env::var_os("TIMELINE").is_none(), "these tests compare");
    let workspace = tempfile::tempdir().expect("a temporary folder");
    let package = workspace.path().join("crates/waits");
    fs::create_dir_all(&package).expect("a new folder");
    recordings_in(&package);
    (workspace, package)
}

fn run_of(delay: u64) -> Run {
    record(wait(1, delay)).1
}

/// Compares a run with a recording that is missing or another.
fn fail(run: &Run, name: &str) -> String {
    let failed = catch_unwind(|| run.assert_recorded_as(name)).expect_err("it is another run");
    failed.downcast_ref::<String>().expect("it has a message").clone()
}

#[test]
fn a_run_that_is_not_the_recorded_one_can_be_accepted() {
    let (workspace, package) = workspace();
    run_of(5).write(&package.join("waits.timeline.toml")).expect("it can be written");
    let said = fail(&run_of(6), "waits");
    assert!(said.contains("waits.timeline.toml.new"), "{said}");

    let mut found = pending(workspace.path()).expect("it can be read");
    assert_eq!(found.len(), 1);
    let waits = found.remove(0);
    assert_eq!(waits.recording(), package.join("waits.timeline.toml"));
    assert_eq!(waits.run().total(), seconds(6));
    assert!(waits.difference().contains("»5s«") && waits.difference().contains("»6s«"));
    waits.accept().expect("it can be written");
    run_of(6).assert_recorded_as("waits");
    assert!(pending(workspace.path()).expect("it can be read").is_empty());
}

#[test]
fn a_run_that_is_not_the_recorded_one_can_be_rejected() {
    let (workspace, package) = workspace();
    run_of(5).write(&package.join("waits.timeline.toml")).expect("it can be written");
    fail(&run_of(6), "waits");
    let mut found = pending(workspace.path()).expect("it can be read");
    found.remove(0).reject().expect("it can be deleted");
    assert!(pending(workspace.path()).expect("it can be read").is_empty());
    run_of(5).assert_recorded_as("waits");
}

#[test]
fn a_run_without_a_recording_can_be_accepted() {
    let (workspace, _) = workspace();
    let said = fail(&run_of(5), "first");
    assert!(said.contains("there is no such recording"), "{said}");
    let mut found = pending(workspace.path()).expect("it can be read");
    let first = found.remove(0);
    let difference = first.difference();
    assert!(difference.contains("there is no such recording"), "{difference}");
    assert!(difference.contains("call 1"), "{difference}");
    first.accept().expect("it can be written");
    run_of(5).assert_recorded_as("first");
}

#[test]
fn a_run_that_is_the_recorded_one_again_is_not_pending() {
    let (workspace, package) = workspace();
    run_of(5).write(&package.join("waits.timeline.toml")).expect("it can be written");
    fail(&run_of(6), "waits");
    run_of(5).assert_recorded_as("waits");
    assert!(pending(workspace.path()).expect("it can be read").is_empty());
}

#[test]
fn all_folders_are_searched_but_those_of_tools() {
    let (workspace, package) = workspace();
    let write = |path: &Path| {
        fs::create_dir_all(path.parent().expect("it has one")).expect("a new folder");
        fs::write(path, run_of(1).to_text()).expect("a new file");
    };
    for path in ["b.timeline.toml.new", "timeline.toml.new", "a.timeline.toml", "a/x.toml.new"] {
        write(&package.join(path));
    }
    for path in [".git/timeline.toml.new", "target/timeline.toml.new", "timeline.toml.new"] {
        write(&workspace.path().join(path));
    }
    let found = pending(workspace.path()).expect("it can be read");
    let found: Vec<_> = found.iter().map(|found| found.recording()).collect();
    let expected = [
        package.join("b.timeline.toml"),
        package.join("timeline.toml"),
        workspace.path().join("timeline.toml"),
    ];
    assert_eq!(found, expected);

    fs::write(package.join("timeline.toml.new"), "clock = 1\n").expect("a new file");
    let error = pending(workspace.path()).expect_err("it is no recording").to_string();
    assert!(error.contains("timeline.toml.new:1: "), "{error}");
    let error = pending(&package.join("nowhere")).expect_err("there is no folder").to_string();
    assert!(error.contains("nowhere: "), "{error}");
}
