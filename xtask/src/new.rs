//! Makes a listing to begin with: it passes its proof as soon as it is recorded.

use std::{env, fs, path::Path, process::Command};

use anyhow::{Context, Result, bail, ensure};

use crate::listing::subfolders;

/// The files of a new listing; `{{name}}` is the listing's name, and `{{crate}}` that of its crate.
const TEMPLATE: [(&str, &str); 3] = [
    ("Cargo.toml", include_str!("../template/Cargo.toml.in")),
    ("src/lib.rs", include_str!("../template/lib.rs.in")),
    ("src/main.rs", include_str!("../template/main.rs.in")),
];

/// Makes the files of the listing.
pub(crate) fn make(root: &Path, chapter: &str, name: &str) -> Result<()> {
    check_chapter(root, chapter)?;
    check_name(root, name)?;
    let crate_name = name.replace('-', "_");
    let folder = root.join("listings").join(chapter).join(name);
    for (file, text) in TEMPLATE {
        let path = folder.join(file);
        let text = text.replace("{{name}}", name).replace("{{crate}}", &crate_name);
        fs::create_dir_all(path.parent().expect("a file is in a folder"))?;
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// Lists the listing where all proofs are merged.
pub(crate) fn list(root: &Path) -> Result<()> {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["run", "--quiet", "--package", "proofs-build"]).current_dir(root);
    let status = cargo.status().context("cannot start cargo")?;
    ensure!(status.success(), "the listing is not among the merged proofs");
    Ok(())
}

/// Says what to do with a new listing.
pub(crate) fn print_next_steps(chapter: &str, name: &str) {
    let folder = format!("listings/{chapter}/{name}");
    println!(
        "{folder} is there. What to do next:\n\
         1. write the claim, the proof and the program: {folder}/src/lib.rs\n\
         2. record its run: TIMELINE=record cargo test -p {name}\n\
         3. prove it: cargo test -p {name}\n\
         4. see that the proof notices changes: cargo xtask mutate {name}\n\
         5. place it in src/{chapter}.md: {{{{#listing {name}}}}} and {{{{#timeline {name}}}}}"
    );
}

fn check_chapter(root: &Path, chapter: &str) -> Result<()> {
    let summary = root.join("src/SUMMARY.md");
    let summary = fs::read_to_string(&summary)
        .with_context(|| format!("cannot read {}", summary.display()))?;
    let chapters: Vec<_> = summary
        .split("](")
        .skip(1)
        .filter_map(|link| link.split_once(".md)").map(|(chapter, _)| chapter))
        .collect();
    if !chapters.contains(&chapter) {
        bail!(
            "there is no chapter `{chapter}` in src/SUMMARY.md; use one of {}, or add a line for \
             it there",
            chapters.join(", ")
        );
    }
    Ok(())
}

fn check_name(root: &Path, name: &str) -> Result<()> {
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase());
    if name.chars().any(|c| c.is_ascii_digit()) {
        bail!("`{name}` has a number in it; name what the listing shows, in words");
    }
    if !name.split('-').all(is_word) {
        bail!("`{name}` is no name of a listing; use lower-case words with `-` between them");
    }
    if syn::parse_str::<syn::Ident>(&name.replace('-', "_")).is_err() {
        bail!("`{name}` is a word of the language; add what the listing shows about it");
    }
    for place in ["listings", "exercises"] {
        for chapter in subfolders(&root.join(place))? {
            let folder = chapter.join(name);
            if folder.exists() {
                let folder = folder.strip_prefix(root)?.display();
                bail!("{folder} exists already; choose another name");
            }
        }
    }
    let lock = root.join("Cargo.lock");
    let lock =
        fs::read_to_string(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    let libraries = ["alloc", "core", "std", "test"];
    if libraries.contains(&name) || lock.contains(&format!("\nname = \"{name}\"\n")) {
        bail!("`{name}` is the name of a crate that the book is built with; choose another name");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use tempfile::TempDir;

    use super::{TEMPLATE, make};

    fn workspace() -> TempDir {
        let root = tempfile::tempdir().unwrap();
        for folder in ["src", "listings/concurrent/join", "exercises/channels/one-reader"] {
            fs::create_dir_all(root.path().join(folder)).unwrap();
        }
        let summary = "[Introduction](introduction.md)\n- [Concurrent](concurrent.md)\n";
        fs::write(root.path().join("src/SUMMARY.md"), summary).unwrap();
        let lock = "[[package]]\nname = \"rand\"\n";
        fs::write(root.path().join("Cargo.lock"), lock).unwrap();
        root
    }

    #[test]
    fn a_listing_is_made_under_its_name() {
        let root = workspace();
        make(root.path(), "concurrent", "spawn-late").unwrap();
        let folder = root.path().join("listings/concurrent/spawn-late");
        let read = |file| fs::read_to_string(folder.join(file)).unwrap();
        assert!(read("Cargo.toml").starts_with("[package]\nname = \"spawn-late\"\n"));
        assert!(read("src/main.rs").contains("timeline::watch(spawn_late::main)"));
        assert!(read("src/lib.rs").contains("spawn_late::two_calls()"));
        for (file, _) in TEMPLATE {
            assert!(!read(file).contains("{{"), "{file}");
        }
    }

    /// All listings look alike; one that is made looks like the first one.
    #[test]
    fn the_template_is_what_a_listing_looks_like() {
        let join = Path::new(env!("CARGO_MANIFEST_DIR")).join("../listings/concurrent/join");
        for (file, text) in TEMPLATE.into_iter().filter(|(file, _)| *file != "src/lib.rs") {
            let ours = text.replace("{{name}}", "join").replace("{{crate}}", "join");
            let theirs = fs::read_to_string(join.join(file)).unwrap();
            // Only this one draws numbers.
            let theirs = theirs.replace("\r\n", "\n").replace("rand.workspace = true\n", "");
            assert_eq!(ours, theirs, "{file}");
        }
    }

    #[test]
    fn bad_names_are_refused_with_a_remedy() {
        let root = workspace();
        let refused = |chapter, name| make(root.path(), chapter, name).unwrap_err().to_string();
        assert_eq!(
            refused("concurent", "spawn-late"),
            "there is no chapter `concurent` in src/SUMMARY.md; use one of introduction, \
             concurrent, or add a line for it there"
        );
        for (name, expected) in [
            ("three-calls-2", "`three-calls-2` has a number in it; name what the listing shows"),
            ("Join", "`Join` is no name of a listing; use lower-case words"),
            ("join-", "`join-` is no name of a listing; use lower-case words"),
            ("async", "`async` is a word of the language; add what"),
            ("rand", "`rand` is the name of a crate that the book is built with; choose another"),
            ("std", "`std` is the name of a crate"),
        ] {
            let said = refused("concurrent", name);
            assert!(said.starts_with(expected), "{said}");
        }
        let separator = std::path::MAIN_SEPARATOR;
        for (name, place) in [("join", "listings concurrent"), ("one-reader", "exercises channels")]
        {
            let place = place.replace(' ', &separator.to_string());
            assert_eq!(
                refused("concurrent", name),
                format!("{place}{separator}{name} exists already; choose another name")
            );
        }
        let made = fs::read_dir(root.path().join("listings/concurrent")).unwrap().count();
        assert_eq!(made, 1, "nothing is left behind");
    }
}
