//! The expansion as an mdBook preprocessor.

use std::{collections::BTreeSet, fs};

use mdbook_preprocessor::{
    Preprocessor, PreprocessorContext,
    book::{Book, BookItem},
    errors::{Error, Result},
};
use timeline_figure::json;

use crate::{
    Catalogue, Diagnostics,
    data::Predictions,
    diagnostic::Diagnostic,
    expand::{Expanded, expand},
    raw::{Malformed, RawDirective, raw_directives},
};

/// The name of the renderer for which `mdbook test` asks preprocessors.
const MDBOOK_TEST: &str = "test";

/// Expands the directives of every chapter, for any renderer.
#[derive(Clone, Copy, Debug, Default)]
pub struct Listings;

impl Preprocessor for Listings {
    fn name(&self) -> &str {
        "listings"
    }

    /// # Errors
    ///
    /// If the chapters would be tested by `mdbook test`, or published by a renderer that gets them as they
    /// are; or else all [`Diagnostics`] of the listings; or, if there are none, all of the chapters and
    /// their titles.
    fn run(&self, context: &PreprocessorContext, mut book: Book) -> Result<Book> {
        check_renderers(context)?;
        let catalogue = Catalogue::load(&context.root)?;
        let mut diagnostics = check_titles(context)?;
        // The number of predictions in the whole book is known once all chapters are expanded.
        let mut predicted = BTreeSet::new();
        let mut asking = BTreeSet::new();
        book.for_each_mut(|item| {
            if let BookItem::Chapter(chapter) = item
                && let Some(path) = &chapter.source_path
            {
                let file = context.config.book.src.join(path);
                let expanded = expand(&catalogue, &file, &chapter.content);
                if let Some(Expanded { text, predicted: asked }) = diagnostics.keep(expanded) {
                    chapter.content = text;
                    if !asked.is_empty() {
                        asking.insert(path.clone());
                        predicted.extend(asked);
                    }
                }
            }
        });
        let mut book = diagnostics.or(book)?;
        let count = json(&Predictions(predicted.len()));
        book.for_each_mut(|item| {
            if let BookItem::Chapter(chapter) = item
                && chapter.source_path.as_ref().is_some_and(|path| asking.contains(path))
            {
                chapter.content +=
                    &format!("\n\n<div hidden data-predictions=\"{count}\"></div>\n");
            }
        });
        Ok(book)
    }
}

/// Refuses `mdbook test`, and a renderer that `book.toml` does not name next to this preprocessor: it
/// would publish the directives.
fn check_renderers(context: &PreprocessorContext) -> Result<()> {
    if context.renderer == MDBOOK_TEST {
        return Err(Error::msg(
            "`mdbook test` does not know the crates that the blocks of this book use; `cargo test --test \
             skeptic` compiles and runs every block as the page shows it, and `cargo test` proves the listings",
        ));
    }
    let Some(named) = context.config.get::<Vec<String>>("preprocessor.listings.renderers")? else {
        return Ok(());
    };
    let outputs = context.config.outputs::<serde_json::Value>()?;
    match outputs.into_keys().find(|renderer| !named.contains(renderer)) {
        None => Ok(()),
        Some(renderer) => Err(Error::msg(format!(
            "the renderer `{renderer}` would publish the directives of the chapters as they are written; name \
             it in `renderers` of `[preprocessor.listings]` in book.toml"
        ))),
    }
}

/// What is wrong with the titles of parts and chapters: a directive in one is published as it is.
fn check_titles(context: &PreprocessorContext) -> Result<Diagnostics> {
    let file = context.config.book.src.join("SUMMARY.md");
    let path = context.root.join(&file);
    let text = fs::read_to_string(&path).map_err(|error| {
        Error::msg(format!("{}: cannot read this file: {error}", file.display()))
    })?;
    let mut diagnostics = Diagnostics::default();
    for found in raw_directives(&text) {
        let (Ok(RawDirective { line, .. }) | Err(Malformed { line, .. })) = found;
        diagnostics.push(Diagnostic::new(
            &file,
            line,
            "the titles of parts and chapters are text only, so this directive would be published as it is \
             written; take it out",
        ));
    }
    Ok(diagnostics)
}
