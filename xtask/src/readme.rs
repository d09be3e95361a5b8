//! What the README shows is what the repository has.

use std::{
    fs,
    path::{Path, PathBuf},
};

use timeline::Run;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(file: &str) -> String {
    let text = fs::read_to_string(root().join(file));
    text.unwrap_or_else(|error| panic!("{file}: {error}"))
}

#[test]
fn the_picture_is_that_of_the_recording() {
    let recording = "listings/concurrent/join/timeline.toml";
    let (picture, title) = (".github/join.svg", "Three calls joined");
    let run = Run::parse(Path::new(recording), &read(recording)).unwrap();
    assert!(
        read(picture) == timeline_figure::svg_document(&run, title),
        "{picture} is not what {recording} looks like; draw it anew: cargo run -p timeline-cli -- \
         draw {recording} -o {picture} --title {title:?}"
    );
    assert!(read("README.md").contains(picture), "README.md does not show {picture}");
}

/// The last word of each line of the README's blocks that starts with `command`.
fn targets(command: &str) -> Vec<String> {
    let readme = read("README.md");
    let commands = readme.lines().filter_map(|line| line.strip_prefix("$ "));
    let targets = commands
        .map(|line| line.split('#').next().unwrap_or_default().trim())
        .filter_map(|line| line.strip_prefix(command))
        .map(|name| name.split_whitespace().next().unwrap_or_default().to_owned());
    targets.collect()
}

#[test]
fn the_packages_of_the_commands_exist() {
    let manifests = ["listings", "exercises", "crates"].map(|folder| root().join(folder));
    let mut names = Vec::new();
    for folder in manifests {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap().path();
            let inside = entry.is_dir().then(|| fs::read_dir(&entry).unwrap());
            names.extend(inside.into_iter().flatten().map(|inside| inside.unwrap().file_name()));
            names.extend(entry.file_name().map(ToOwned::to_owned));
        }
    }
    let targets = [targets("cargo run -p "), targets("cargo test -p ")].concat();
    assert!(targets.len() >= 3, "{targets:?}");
    for name in targets {
        assert!(names.contains(&name.as_str().into()), "README.md: there is no package `{name}`");
    }
}
