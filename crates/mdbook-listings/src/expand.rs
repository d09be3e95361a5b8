//! Expanding the directives of a chapter.

use std::{collections::BTreeSet, path::Path};

use crate::{
    Catalogue, Diagnostics,
    context::Contexts,
    diagnostic::{Diagnostic, Message},
    directive::Directive,
    page::Page,
    raw::{RawDirective, raw_directives},
};

/// A chapter whose directives have been expanded.
pub(crate) struct Expanded {
    pub(crate) text: String,
    /// The runs that the reader is asked to predict.
    pub(crate) predicted: BTreeSet<String>,
}

impl Catalogue {
    /// Replaces the directives in the text of a chapter.
    ///
    /// `file` is the chapter's file relative to the root of the book, such as `src/join.md`.
    ///
    /// # Errors
    ///
    /// [`Diagnostics`] for each directive that is unknown, not closed, in the wrong place, or that asks
    /// for something that does not exist.
    pub fn expand(&self, file: &Path, text: &str) -> Result<String, Diagnostics> {
        expand(self, file, text).map(|expanded| expanded.text)
    }
}

/// Does the same, and also returns what the reader is asked.
pub(crate) fn expand(
    catalogue: &Catalogue,
    file: &Path,
    text: &str,
) -> Result<Expanded, Diagnostics> {
    let chapter = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let to_root = "../".repeat(file.components().count().saturating_sub(2));
    let mut page = Page::new(catalogue, chapter, to_root);
    let mut expanded = String::with_capacity(text.len() * 2);
    let mut diagnostics = Diagnostics::default();
    let mut done = 0;
    let mut contexts = Contexts::of(text);
    for raw in raw_directives(text) {
        let raw = match raw {
            Ok(raw) => raw,
            Err(malformed) => {
                diagnostics.push(Diagnostic::new(file, malformed.line, malformed.message));
                continue;
            }
        };
        let between = &text[done..raw.range.start];
        if between.lines().any(|line| line.starts_with("## ")) {
            page.begin_section();
        }
        expanded.push_str(between);
        done = raw.range.end;
        let markdown = expand_one(&raw, &mut contexts, &mut page);
        let markdown = markdown.map_err(|message| message.at(file, raw.line));
        expanded.extend(diagnostics.keep(markdown));
    }
    expanded.push_str(&text[done..]);
    diagnostics.or(Expanded { text: expanded, predicted: page.predicted })
}

fn expand_one(
    raw: &RawDirective,
    contexts: &mut Contexts,
    page: &mut Page,
) -> Result<String, Message> {
    let directive = Directive::parse(raw, contexts.at(raw.range.start))?;
    Ok(directive.expand(page)?.into_string())
}
