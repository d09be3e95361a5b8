//! The source of a listing: its program, its items, its proof.

use std::{ops::Range, path::Path};

use syn::{Item, spanned::Spanned};

use crate::{
    blocks::{self, hidden, shown},
    problem::{Problem, suggestion},
};

/// The tags of a block that rustdoc compiles and runs; another one makes it something else.
const RUN: [&str; 2] = ["rust", "standalone_crate"];

/// A listing's `src/lib.rs`, taken apart.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// The first line of the documentation: what the listing claims.
    pub(crate) claim: String,
    /// The code blocks of the documentation that rustdoc compiles and runs: the proof.
    pub(crate) proofs: Vec<Proof>,
    /// The program: all lines below the documentation.
    lines: Vec<String>,
    items: Vec<NamedItem>,
}

/// A doc-test.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Proof {
    pub(crate) code: String,
    /// The line of the file in which the code begins, counted from 1.
    pub(crate) line: usize,
}

impl Proof {
    /// The doc-tests in a documentation that begins with the file.
    pub(crate) fn all(documentation: &str) -> Vec<Proof> {
        blocks::fenced(documentation)
            .into_iter()
            .filter(|block| block.tags.iter().all(|tag| RUN.contains(&tag.as_str())))
            .map(|block| Proof {
                code: block.code.trim_end().to_owned(),
                line: 2 + documentation[..block.range.start].matches('\n').count(),
            })
            .collect()
    }
}

/// The lines of documentation at the top of a file, without their `//!`.
pub(crate) fn documentation(text: &str) -> Vec<&str> {
    text.lines()
        .map_while(|line| line.strip_prefix("//!"))
        .map(|line| line.strip_prefix(' ').unwrap_or(line))
        .collect()
}

#[derive(Clone, Debug)]
struct NamedItem {
    name: String,
    /// Its lines in [`Source::lines`], with attributes and documentation.
    lines: Range<usize>,
}

impl Source {
    /// Takes the text of a `lib.rs` apart. `file` is the name for errors.
    pub(crate) fn parse(file: &Path, text: &str) -> Result<Source, Problem> {
        let parsed = syn::parse_file(text).map_err(|error| {
            let line = error.span().start().line;
            Problem::new(file, line, format!("this is not Rust: {error}; `cargo check` says more"))
        })?;
        let documentation = documentation(text);
        let claim = documentation.first().copied().unwrap_or_default().trim().to_owned();
        if claim.is_empty() {
            let message = "the file must begin with a `//!` line that says what the listing shows";
            return Err(Problem::new(file, 1, message));
        }
        let proofs = Proof::all(&documentation.join("\n"));
        if proofs.is_empty() {
            let message = "the listing claims something and proves nothing: add a doc-test to the `//!` lines";
            return Err(Problem::new(file, 1, message));
        }
        let above = documentation.len();
        let blank = text.lines().skip(above).take_while(|line| line.trim().is_empty()).count();
        let first = above + blank;
        let lines: Vec<String> = text.lines().skip(first).map(str::to_owned).collect();
        let items = parsed
            .items
            .iter()
            .filter_map(|item| {
                let span = item.span();
                let lines = span.start().line - 1 - first..span.end().line - first;
                Some(NamedItem { name: name_of(item)?, lines })
            })
            .collect();
        Ok(Source { claim, proofs, lines, items })
    }

    /// The whole program.
    pub(crate) fn program(&self) -> String {
        self.lines.join("\n")
    }

    /// The whole program, all lines to be seen.
    pub(crate) fn program_shown(&self) -> String {
        self.lines.iter().map(|line| shown(line)).collect::<Vec<_>>().join("\n")
    }

    /// The whole program with only some items to be seen: every other line is marked as hidden,
    /// in the way of mdBook and rustdoc.
    ///
    /// The error is the message for an item that does not exist.
    pub(crate) fn program_showing(&self, names: &[&str]) -> Result<String, String> {
        let mut is_shown = vec![false; self.lines.len()];
        for name in names {
            let mut found = false;
            for item in self.items.iter().filter(|item| item.name == *name) {
                is_shown[item.lines.clone()].fill(true);
                found = true;
            }
            if !found {
                let all = self.items.iter().map(|item| item.name.as_str());
                return Err(format!("has no item `{name}`{}", suggestion(name, all)));
            }
        }
        // The empty line above an item keeps it apart from what is shown above, next to it or not.
        let first = is_shown.iter().position(|&is_shown| is_shown).unwrap_or(is_shown.len());
        for i in first..is_shown.len().saturating_sub(1) {
            if self.lines[i].is_empty() && is_shown[i + 1] {
                is_shown[i] = true;
            }
        }
        let lines = self.lines.iter().zip(&is_shown).map(|(line, is_shown)| match is_shown {
            true => shown(line),
            false => hidden(line),
        });
        Ok(lines.collect::<Vec<_>>().join("\n"))
    }

    /// A proof as a complete program: the listing as a hidden module, and a `main` around the
    /// assertions. `recordings` is the folder, relative to the root, of the recordings that it
    /// compares with; it must be named because skeptic runs the program in another package.
    pub(crate) fn proof_program(
        &self,
        crate_name: &str,
        recordings: Option<&Path>,
        proof: &str,
    ) -> String {
        let mut lines = vec![hidden(&format!("mod {crate_name} {{"))];
        lines.extend(self.lines.iter().map(|line| hidden(line)));
        lines.push(hidden("}"));
        lines.push(hidden("fn main() {"));
        if let Some(folder) = recordings {
            let folder: Vec<_> = folder.iter().map(|part| part.to_string_lossy()).collect();
            lines.push(hidden(&format!("timeline::recordings_in({:?});", folder.join("/"))));
        }
        lines.extend(proof.lines().map(str::to_owned));
        lines.push(hidden("}"));
        lines.join("\n")
    }
}

/// The name by which a directive asks for an item: its own, or for an `impl` that of its type.
fn name_of(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(item) => item.ident.to_string(),
        Item::Enum(item) => item.ident.to_string(),
        Item::Fn(item) => item.sig.ident.to_string(),
        Item::Macro(item) => item.ident.as_ref()?.to_string(),
        Item::Impl(item) => match &*item.self_ty {
            syn::Type::Path(path) => path.path.segments.last()?.ident.to_string(),
            _ => return None,
        },
        Item::Mod(item) => item.ident.to_string(),
        Item::Static(item) => item.ident.to_string(),
        Item::Struct(item) => item.ident.to_string(),
        Item::Trait(item) => item.ident.to_string(),
        Item::Type(item) => item.ident.to_string(),
        _ => return None,
    };
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "//! It adds.\n//!\n//! ```\n//! assert_eq!(x::one(), 1);\n//! ```\n\n\
        use std::fmt;\n\n/// One.\n#[inline]\npub fn one() -> i32 {\n    1\n}\n\n\
        /// Two.\npub fn two() -> i32 {\n    2\n}\n";

    fn source() -> Source {
        Source::parse(Path::new("lib.rs"), TEXT).unwrap()
    }

    #[test]
    fn the_documentation_is_claim_and_proof() {
        assert_eq!(source().claim, "It adds.");
        let code = "assert_eq!(x::one(), 1);".to_owned();
        assert_eq!(source().proofs, [Proof { code, line: 4 }]);
    }

    #[test]
    fn an_item_is_shown_with_its_attributes_and_the_rest_is_hidden() {
        let text = source().program_showing(&["one"]).unwrap();
        assert_eq!(
            text,
            "# use std::fmt;\n#\n/// One.\n#[inline]\npub fn one() -> i32 {\n    1\n}\n#\n\
             # /// Two.\n# pub fn two() -> i32 {\n#     2\n# }"
        );
    }

    #[test]
    fn neighbours_keep_the_line_between_them() {
        let text = source().program_showing(&["two", "one"]).unwrap();
        assert!(text.contains("}\n\n/// Two."), "{text}");
    }

    #[test]
    fn items_that_are_not_neighbours_are_kept_apart() {
        let text = format!("{TEXT}\n/// Three.\npub fn three() -> i32 {{\n    3\n}}\n");
        let source = Source::parse(Path::new("lib.rs"), &text).unwrap();
        let text = source.program_showing(&["one", "three"]).unwrap();
        assert!(text.contains("}\n#\n# /// Two."), "{text}");
        assert!(text.contains("# }\n\n/// Three."), "{text}");
    }

    #[test]
    fn an_unknown_item_names_the_nearest() {
        let error = source().program_showing(&["tow"]).unwrap_err();
        assert_eq!(error, "has no item `tow`; did you mean `two`?");
    }

    #[test]
    fn what_is_not_rust_is_an_error_with_its_line() {
        let text = "//! It adds.\n\nfn one( {\n}\n";
        let problem = Source::parse(Path::new("lib.rs"), text).unwrap_err();
        assert_eq!(problem.line, 3, "{problem}");
    }

    #[test]
    fn only_what_rustdoc_runs_is_a_proof() {
        let text = "//! It adds.\n//!\n//! ```text\n//! 1 + 1\n//! ```\n//!\n//! ~~~~rust\n//! ```\n//! f();\n\
            //! ~~~~\n//!\n//! ```ignore\n//! g();\n//! ```\n\nfn one() {}\n";
        let source = Source::parse(Path::new("lib.rs"), text).unwrap();
        assert_eq!(source.proofs, [Proof { code: "```\nf();".to_owned(), line: 8 }]);
    }

    #[test]
    fn a_claim_needs_a_proof() {
        let problem =
            Source::parse(Path::new("lib.rs"), "//! It adds.\n\nfn one() {}\n").unwrap_err();
        assert!(problem.message.contains("proves nothing"), "{problem}");
    }
}
