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
        let file = Path::new(&member.folder).join("src/lib.rs");
        let text = merged(&read(&root.join(&file))?);
        let copy = out.join(&file);
        write(&copy, &text)?;
        modules += &format!("#[path = {copy:?}]\npub mod {};\n", member.crate_name());
    }
    write(&out.join("proofs.rs"), &modules).map(drop)
}

/// The documentation at the top of a file. Its doc-tests are made such as can be merged.
fn merged(source: &str) -> String {
    let documentation = source.lines().take_while(|line| line.starts_with("//!"));
    documentation.map(|line| line.replace("```standalone_crate", "```") + "\n").collect()
}
