//! The list of dependencies in the manifest of a package of merged proofs.

use std::{collections::BTreeMap, path::Path};

use crate::{Error, Member, PACKAGES, members, read, write};

/// The line below which the list stands in a manifest.
pub const MARK: &str =
    "# One line each, in the order of their names: `cargo run -p proofs-build` writes them.";

/// The line of a crate in a manifest two folders below the root.
fn line(member: &Member) -> String {
    format!("{}.path = \"../../{}\"", member.name, member.folder)
}

/// Checks that the manifest of a package names every crate in `folder`. One too many is cargo's to
/// report: it does not load a manifest whose dependency does not exist.
pub(crate) fn check(root: &Path, package: &Path, folder: &str) -> Result<(), Error> {
    let manifest = package.join("Cargo.toml");
    let text = read(&manifest)?;
    let listed: Vec<&str> = text.lines().map(str::trim).collect();
    for member in members(root, folder)? {
        let line = line(&member);
        if !listed.contains(&line.as_str()) {
            let manifest = manifest.strip_prefix(root).unwrap_or(&manifest).to_owned();
            return Err(Error::Missing { manifest, name: member.name, line });
        }
    }
    Ok(())
}

/// Writes the lists of all [`PACKAGES`]; returns for each manifest whether it has changed.
///
/// # Errors
///
/// If a file cannot be read or written, or if a manifest has no place for the list.
pub fn update(root: &Path) -> Result<BTreeMap<&'static str, bool>, Error> {
    let mut changed = BTreeMap::new();
    for (package, folder) in PACKAGES {
        let manifest = root.join(package).join("Cargo.toml");
        let old = read(&manifest)?;
        let Some(new) = with_list(&old, folder, &members(root, folder)?) else {
            return Err(Error::Unmarked { manifest });
        };
        changed.insert(package, write(&manifest, &new)?);
    }
    Ok(changed)
}

/// A manifest with the list of these crates; none if the mark is missing.
fn with_list(manifest: &str, folder: &str, members: &[Member]) -> Option<String> {
    let listed = format!(".path = \"../../{folder}/");
    let mut text = String::new();
    let mut marked = false;
    for old in manifest.lines().filter(|old| !old.contains(&listed)) {
        text += &format!("{old}\n");
        if old == MARK {
            marked = true;
            members.iter().for_each(|member| text += &format!("{}\n", line(member)));
        }
    }
    marked.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(name: &str) -> Member {
        Member { name: name.to_owned(), folder: format!("listings/chapter/{name}") }
    }

    #[test]
    fn the_list_is_written_below_its_mark() {
        let manifest = format!(
            "[dependencies]\ntokio = \"1\"\n\n{MARK}\ngone.path = \"../../listings/old/gone\"\n\n[lints]\n"
        );
        assert_eq!(
            with_list(&manifest, "listings", &[member("a"), member("b-c")]).unwrap(),
            format!(
                "[dependencies]\ntokio = \"1\"\n\n{MARK}\n\
                 a.path = \"../../listings/chapter/a\"\n\
                 b-c.path = \"../../listings/chapter/b-c\"\n\n[lints]\n"
            )
        );
        assert_eq!(with_list("[dependencies]\n", "listings", &[]), None);
    }

    #[test]
    fn a_crate_that_is_not_listed_is_reported_with_its_line() {
        let root = tempfile::tempdir().unwrap();
        let package = root.path().join("tests/proofs");
        for folder in ["listings/chapter/a", "listings/chapter/b", "tests/proofs"] {
            std::fs::create_dir_all(root.path().join(folder)).unwrap();
        }
        let list = format!("[dependencies]\n{MARK}\na.path = \"../../listings/chapter/a\"\n");
        std::fs::write(package.join("Cargo.toml"), list).unwrap();
        let error = check(root.path(), &package, "listings").unwrap_err().to_string();
        assert!(error.contains("Cargo.toml: the dependencies lack `b`; run `cargo run"), "{error}");
        assert!(error.contains("\n    b.path = \"../../listings/chapter/b\"\n"), "{error}");
    }
}
