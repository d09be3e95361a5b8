//! The expansion as an mdBook preprocessor.

use std::collections::BTreeSet;

use mdbook_preprocessor::{
    Preprocessor, PreprocessorContext,
    book::{Book, BookItem},
    errors::Result,
};

use crate::{
    Catalogue, Problems,
    directive::directives,
    script::{Predictions, json},
};

/// Expands the directives of every chapter, for any renderer.
#[derive(Clone, Copy, Debug, Default)]
pub struct Listings;

impl Preprocessor for Listings {
    fn name(&self) -> &str {
        "listings"
    }

    /// # Errors
    ///
    /// All [`Problems`] of the listings; or, if there is none, all of the chapters.
    fn run(&self, context: &PreprocessorContext, mut book: Book) -> Result<Book> {
        let catalogue = Catalogue::load(&context.root)?;
        let mut problems = Vec::new();
        // A run that is asked for on several pages counts once.
        let predicted: BTreeSet<String> =
            book.chapters().flat_map(|chapter| predicted_in(&chapter.content)).collect();
        book.for_each_mut(|item| {
            if let BookItem::Chapter(chapter) = item
                && let Some(path) = &chapter.source_path
            {
                let file = context.config.book.src.join(path);
                let asks = !predicted_in(&chapter.content).is_empty();
                match catalogue.expand(&file, &chapter.content) {
                    Ok(expanded) if asks => {
                        chapter.content = format!(
                            "{expanded}\n\n<div hidden data-predictions=\"{}\"></div>\n",
                            json(&Predictions(predicted.len()))
                        );
                    }
                    Ok(expanded) => chapter.content = expanded,
                    Err(found) => problems.extend(found),
                }
            }
        });
        match problems.is_empty() {
            true => Ok(book),
            false => Err(Problems(problems).into()),
        }
    }
}

/// The runs that the reader of a chapter is asked for.
fn predicted_in(text: &str) -> BTreeSet<String> {
    let found = directives(text).into_iter().flatten().filter(|found| found.name == "predict");
    found.filter_map(|found| Some((*found.arguments.first()?).to_owned())).collect()
}
