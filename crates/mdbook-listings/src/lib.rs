//! The pages of the book, made from its listings.
//!
//! A chapter is Markdown with directives in it: `{{#listing join}}` stands for the program of the
//! listing `join`, `{{#timeline join}}` for what its run recorded. [`Catalogue`] knows the
//! listings, their recordings, their counterparts in other languages and the programs that the
//! compiler rejects; [`Catalogue::expand`] replaces the directives of a chapter. It is a plain
//! function from text to text, so that the page, the tests of the code blocks and the tests of
//! the book all see the same expansion.
//!
//! [`Listings`] is the same as an mdBook preprocessor, and [`blocks`] prepares the code blocks of
//! an expanded chapter for being compiled and run by skeptic.
//!
//! Modules, each of which uses only those below it: `preprocessor`, `expand`, `directive` (a module for
//! each directive), `prediction` and `data` (what pages pass to scripts), `page`, `catalogue`, `context`,
//! `raw`, `blocks`, `diagnostic`.

pub mod blocks;
mod catalogue;
mod context;
mod data;
mod diagnostic;
mod directive;
mod expand;
mod page;
mod prediction;
mod preprocessor;
mod raw;

pub use catalogue::{Catalogue, Exercise, Listing};
pub use diagnostic::{Diagnostic, Diagnostics};
pub use directive::directives_table;
pub use preprocessor::Listings;
