//! The expansion as an mdBook preprocessor.

use mdbook_preprocessor::{
    Preprocessor, PreprocessorContext,
    book::{Book, BookItem},
    errors::Result,
};

use crate::{Catalogue, Problems};

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
        book.for_each_mut(|item| {
            if let BookItem::Chapter(chapter) = item
                && let Some(path) = &chapter.source_path
            {
                let file = context.config.book.src.join(path);
                match catalogue.expand(&file, &chapter.content) {
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
