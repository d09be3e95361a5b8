//! The modules of merged proofs.

use std::path::Path;

use crate::{Error, members, read, write};

/// Writes the modules of the crates in `root/<folder>`: `out/proofs.rs` names them, and each is a
/// file at the path that the original has in the repository, with the same text in the same lines.
///
/// # Errors
///
/// If a file cannot be read or written, or if a proof cannot be merged.
pub fn merge(root: &Path, folder: &str, out: &Path) -> Result<(), Error> {
    let mut modules = String::new();
    for member in members(root, folder)? {
        let file = format!("{}/src/lib.rs", member.folder);
        let recordings = root.join(&member.folder);
        let text = merged(&read(&root.join(&file))?, &recordings)
            .map_err(|(line, message)| Error::Proof { file: file.clone(), line, message })?;
        let copy = out.join(file);
        write(&copy, &text)?;
        modules += &format!("#[path = {copy:?}]\npub mod {};\n", member.crate_name());
    }
    write(&out.join("proofs.rs"), &modules).map(drop)
}

/// The documentation at the top of a file, every doc-test of which begins by saying in which folder
/// its recordings are. The statement takes no line of its own, so that all lines keep their numbers.
///
/// The error is a line, counted from 1, and what is wrong there.
fn merged(source: &str, recordings: &Path) -> Result<String, (usize, &'static str)> {
    let statement = format!("timeline::recordings_in({recordings:?});");
    let mut text = String::new();
    // The fence of the block that is open, and whether its first line is still to come.
    let mut open: Option<(String, bool)> = None;
    for (number, line) in (1..).zip(source.lines()) {
        let Some(documentation) = line.strip_prefix("//!") else { break };
        let trimmed = documentation.trim();
        match &mut open {
            None => {
                let fence = fence(trimmed);
                if fence.len() >= 3 {
                    let is_proof =
                        check_tags(&trimmed[fence.len()..]).map_err(|message| (number, message))?;
                    open = Some((fence.to_owned(), is_proof));
                }
            }
            Some((fence, _)) if trimmed == fence.as_str() => open = None,
            Some((_, first @ true)) => {
                *first = false;
                if trimmed.starts_with("#![") {
                    let message = "an attribute of the crate cannot be merged: move it to the item that needs it";
                    return Err((number, message));
                }
                // A hidden line stays hidden.
                let code = documentation.strip_prefix(' ').unwrap_or(documentation);
                text += &match code.strip_prefix("# ") {
                    Some(code) => format!("//! # {statement} {code}\n"),
                    None => format!("//! {statement} {code}\n"),
                };
                continue;
            }
            Some(_) => {}
        }
        text += &format!("{line}\n");
    }
    Ok(text)
}

/// The characters of a fence at the beginning of a line, if there are any.
fn fence(line: &str) -> &str {
    let first = line.chars().next().filter(|first| ['`', '~'].contains(first));
    let length = line.chars().take_while(|&character| Some(character) == first).count();
    &line[..length]
}

/// Whether a block with these tags is a doc-test that is run.
fn check_tags(tags: &str) -> Result<bool, &'static str> {
    const COMPILED: [&str; 3] = ["rust", "standalone_crate", "should_panic"];
    let (tags, reason) =
        tags.split_once('(').map_or((tags, None), |(tags, reason)| (tags, Some(reason)));
    let tags: Vec<&str> = tags.split([',', ' ', '\t']).filter(|tag| !tag.is_empty()).collect();
    if tags.contains(&"standalone_crate") && reason.is_none_or(|reason| reason.len() < 2) {
        return Err(
            "`standalone_crate` makes every `cargo test` half a second longer, and merged proofs \
             have a process of their own, too; leave it out, or say why it is needed: \
             ```standalone_crate (sets the global allocator)",
        );
    }
    Ok(tags.iter().all(|tag| COMPILED.contains(tag)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merged_lines(lines: &[&str]) -> Result<String, (usize, &'static str)> {
        let source: String = lines.iter().map(|line| format!("{line}\n")).collect();
        merged(&source, Path::new("/listings/a"))
    }

    #[test]
    fn a_proof_says_where_its_recordings_are_and_keeps_its_lines() {
        let merged = merged_lines(&[
            "//! Claim.",
            "//!",
            "//! ```text",
            "//! no proof",
            "//! ```",
            "//!",
            "//! ```should_panic",
            "//! let run = f();",
            "//!",
            "//! g();",
            "//! ```",
            "//! ~~~",
            "//! # use a::f;",
            "//! ~~~",
            "",
            "pub fn f() {}",
        ]);
        let expected = [
            "//! Claim.",
            "//!",
            "//! ```text",
            "//! no proof",
            "//! ```",
            "//!",
            "//! ```should_panic",
            "//! timeline::recordings_in(\"/listings/a\"); let run = f();",
            "//!",
            "//! g();",
            "//! ```",
            "//! ~~~",
            "//! # timeline::recordings_in(\"/listings/a\"); use a::f;",
            "//! ~~~",
            "",
        ];
        assert_eq!(merged.unwrap(), expected.join("\n"));
    }

    #[test]
    fn what_cannot_be_merged_is_refused() {
        let problem = |lines: &[&str]| merged_lines(lines).unwrap_err();
        let (line, message) =
            problem(&["//! Claim.", "//!", "//! ```", "//! #![allow(unused)]", "//! ```"]);
        assert!(line == 4 && message.contains("attribute of the crate"), "{line}: {message}");
        for tag in ["standalone_crate", "rust,standalone_crate", "standalone_crate ()"] {
            let (line, message) =
                problem(&["//! Claim.", "//!", &format!("//! ```{tag}"), "//! f()"]);
            assert!(line == 3 && message.contains("half a second"), "{line}: {message}");
        }
    }

    #[test]
    fn what_needs_a_program_of_its_own_says_why() {
        let fence = "//! ```standalone_crate (sets the global allocator)";
        let merged = merged_lines(&["//! Claim.", "//!", fence, "//! f();", "//! ```"]).unwrap();
        assert!(merged.contains(fence), "{merged}");
        assert!(merged.contains("//! timeline::recordings_in(\"/listings/a\"); f();"), "{merged}");
    }
}
