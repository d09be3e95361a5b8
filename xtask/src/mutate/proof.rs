//! The doc-tests of a listing, as functions.

use anyhow::{Result, bail};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use syn::{Attribute, Expr, ExprLit, Lit, Meta, spanned::Spanned, visit::Visit};

/// What rustdoc takes for Rust that is to be compiled and run.
const RUN: [&str; 3] = ["rust", "standalone", "standalone_crate"];
/// What rustdoc takes for Rust that is not run.
const NOT_RUN: [&str; 3] = ["no_run", "ignore", "compile_fail"];

/// The bodies of the doc-tests in the documentation of a file.
pub(super) fn bodies(program: &str) -> Result<Vec<String>> {
    let file = syn::parse_file(program)?;
    let mut docs = Docs::default();
    docs.visit_file(&file);
    let mut bodies = Vec::new();
    for (line, text) in docs.0 {
        bodies.extend(blocks(&text).map_err(|error| error.context(format!("line {line}")))?);
    }
    Ok(bodies)
}

/// Blocks of documentation: where they begin, and their texts.
#[derive(Default)]
struct Docs(Vec<(usize, String)>);

impl Visit<'_> for Docs {
    fn visit_attribute(&mut self, attribute: &Attribute) {
        let Meta::NameValue(doc) = &attribute.meta else { return };
        if !doc.path.is_ident("doc") {
            return;
        }
        let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &doc.value else { return };
        let line = attribute.span().start().line;
        let text = text.value();
        let text = text.strip_prefix(' ').unwrap_or(&text);
        match self.0.last_mut() {
            Some((start, block)) if *start + block.matches('\n').count() == line => {
                block.push_str(text);
                block.push('\n');
            }
            _ => self.0.push((line, format!("{text}\n"))),
        }
    }
}

fn blocks(documentation: &str) -> Result<Vec<String>> {
    let mut blocks = Vec::new();
    let mut block: Option<String> = None;
    for event in Parser::new(documentation) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let info = match &kind {
                    CodeBlockKind::Fenced(info) => info,
                    CodeBlockKind::Indented => "",
                };
                if is_run(info)? {
                    block = Some(String::new());
                }
            }
            Event::Text(text) => {
                if let Some(block) = &mut block {
                    block.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                blocks.extend(block.take().map(|code| function_body(&code)))
            }
            _ => {}
        }
    }
    Ok(blocks)
}

fn is_run(info: &str) -> Result<bool> {
    let info = without_comments(info);
    let mut words = info.split([',', ' ']).filter(|word| !word.is_empty());
    if let Some(word) = words.clone().find(|word| *word == "should_panic") {
        bail!("`{word}` is not supported here; assert what the program does");
    }
    if words.clone().any(|word| NOT_RUN.contains(&word)) {
        return Ok(false);
    }
    Ok(words.all(|word| RUN.contains(&word) || word.starts_with("edition")))
}

/// What the first line of a block says, without what is in brackets.
fn without_comments(info: &str) -> String {
    let mut depth = 0_usize;
    let kept = info.chars().filter(|c| {
        depth += usize::from(*c == '(');
        let is_kept = depth == 0;
        depth -= usize::from(*c == ')' && depth > 0);
        is_kept
    });
    kept.collect()
}

/// What rustdoc makes of the lines of a doc-test.
fn function_body(code: &str) -> String {
    let lines = code.lines().map(|line| {
        let trimmed = line.trim_start();
        match trimmed.strip_prefix('#') {
            Some(rest) if rest.starts_with('#') => rest,
            Some(rest) if rest.is_empty() || rest.starts_with(' ') => rest,
            _ => line,
        }
    });
    let code = lines.collect::<Vec<_>>().join("\n");
    if code.trim_end().ends_with("(())") {
        format!(
            "fn fallible() -> Result<(), impl std::fmt::Debug> {{\n{code}\n}}\nfallible().unwrap();"
        )
    } else {
        code
    }
}

#[cfg(test)]
mod tests {
    use super::bodies;

    #[test]
    fn doc_tests_are_found_as_rustdoc_finds_them() {
        let program = "\
//! A claim.
//!
//! ```standalone_crate
//! # let hidden = 1;
//! ## [cfg(any())]
//! assert_eq!(hidden, 1);
//! ```
//!
//! ```text
//! not Rust
//! ```

/// ```
/// let sum: u32 = \"15\".parse()?;
/// # Ok::<_, std::num::ParseIntError>(())
/// ```
///
/// ```standalone_crate (counts threads, all of them)
/// counted();
/// ```
///
/// ```no_run
/// loop {}
/// ```
pub fn main() {}
";
        let bodies = bodies(program).unwrap();
        assert_eq!(bodies.len(), 3, "{bodies:#?}");
        assert_eq!(bodies[0], " let hidden = 1;\n# [cfg(any())]\nassert_eq!(hidden, 1);");
        assert!(bodies[1].ends_with("fallible().unwrap();"), "{}", bodies[1]);
        assert_eq!(bodies[2], "counted();");
    }

    #[test]
    fn a_doc_test_that_has_to_panic_is_refused() {
        let error = bodies("//! A claim.\n//!\n//! ```should_panic\n//! ```\n").unwrap_err();
        assert!(format!("{error:#}").starts_with("line 1: `should_panic`"), "{error:#}");
    }
}
