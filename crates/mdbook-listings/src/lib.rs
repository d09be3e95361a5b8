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

pub mod blocks;
mod catalogue;
mod directive;
mod exercise;
mod figure;
mod page;
mod predict;
mod preprocessor;
mod problem;
mod script;
mod source;

pub use catalogue::{Catalogue, Listing, Rejected, Translation};
pub use exercise::Exercise;
pub use preprocessor::Listings;
pub use problem::{Problem, Problems};
