//! The merged proofs are those of the listings: all of them, and word for word.
//!
//! What was merged is read back as the compiler reads it, and compared with the listings that the book
//! knows. The code that merges has no part in this.

use std::{collections::BTreeMap, env, fs, path::Path};

use mdbook_listings::Catalogue;
use syn::{Attribute, Expr, File, Item, Lit, Meta};

/// The modules that the compiler is given.
const MERGED: &str = include_str!(concat!(env!("OUT_DIR"), "/proofs.rs"));

#[test]
fn every_proof_is_merged_and_none_differs() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = package.ancestors().nth(2).expect("this package is in `tests`");
    let catalogue = Catalogue::load(root).unwrap_or_else(|error| panic!("{error}"));
    let mut merged = merged_documentation();
    let mut problems = Vec::new();
    for listing in catalogue.listings() {
        let folder = format!("listings/{}/{}", listing.chapter(), listing.name());
        let text = read(&root.join(&folder).join("src/lib.rs"));
        let proved = documentation(&parse(&text));
        // Where the recordings are is all that a merged proof adds.
        let statement = format!("timeline::recordings_in({:?}); ", root.join(&folder));
        let problem = match merged.remove(&listing.name().replace('-', "_")) {
            None => "its proof is not merged".to_owned(),
            Some(merged) if merged.replace(&statement, "") != proved => {
                format!("the merged proof differs:\n{}", difference(&proved, &merged))
            }
            Some(_) if has_proof_elsewhere(&text) => {
                "a `///` comment has a code block: that is no part of the merged proofs; move it to \
                 the `//!` lines"
                    .to_owned()
            }
            Some(_) => continue,
        };
        problems.push(format!("{folder}/src/lib.rs: {problem}"));
    }
    problems
        .extend(merged.keys().map(|name| format!("{name}: merged, but there is no such listing")));
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

/// The first lines in which two texts differ.
fn difference(proved: &str, merged: &str) -> String {
    let mut lines = proved.lines().zip(merged.lines());
    match lines.find(|(proved, merged)| proved != merged && !merged.contains("recordings_in")) {
        Some((proved, merged)) => format!("  proof: {proved}\n  merged: {merged}"),
        None => "  one of them has more lines".to_owned(),
    }
}

/// The documentation of every module, by the module's name.
fn merged_documentation() -> BTreeMap<String, String> {
    let modules = parse(MERGED).items.into_iter().map(|item| match item {
        Item::Mod(module) => {
            let path = module.attrs.iter().find_map(|attribute| text_of(attribute, "path"));
            let text = read(Path::new(&path.expect("the file of a module")));
            (module.ident.to_string(), documentation(&parse(&text)))
        }
        _ => panic!("proofs.rs: only modules are expected in it"),
    });
    modules.collect()
}

/// The `//!` lines of a file.
fn documentation(file: &File) -> String {
    let lines: Vec<String> =
        file.attrs.iter().filter_map(|attribute| text_of(attribute, "doc")).collect();
    lines.join("\n")
}

/// The text of an attribute of this name, such as `#[path = "text"]`.
fn text_of(attribute: &Attribute, name: &str) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident(name) => match &pair.value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

/// Whether the documentation of an item has a code block: rustdoc would take it for a doc-test.
fn has_proof_elsewhere(text: &str) -> bool {
    let comments = text.lines().filter_map(|line| line.trim_start().strip_prefix("///"));
    comments.map(str::trim_start).any(|line| line.starts_with("```") || line.starts_with("~~~"))
}

fn parse(text: &str) -> File {
    syn::parse_file(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
