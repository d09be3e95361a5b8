//! `{{#catalogue}}`: every listing of the book with its claim, its figures and its whole source.

use maud::{Markup, PreEscaped, html};
use timeline_figure::time_text;

use super::prose::numbers;
use crate::{Listing, diagnostic::Message, page::Page};

#[derive(Debug)]
pub(crate) struct Catalogue;

impl Catalogue {
    pub(super) fn parse(arguments: &[&str]) -> Result<Catalogue, Message> {
        if arguments.is_empty() {
            Ok(Catalogue)
        } else {
            Err("`catalogue` takes no argument".into())
        }
    }

    pub(super) fn expand(&self, page: &Page) -> Markup {
        html! { @for listing in page.catalogue.listings() { (entry(listing, page)) } }
    }
}

fn entry(listing: &Listing, page: &Page) -> Markup {
    let Listing { name, chapter, folder, source, runs, .. } = listing;
    let folder = folder.display();
    let to_root = &page.to_root;
    let solved = page.catalogue.exercises().find(|exercise| exercise.solution() == *name);
    let proofs: Vec<&str> = source.proofs.iter().map(|proof| proof.code.as_str()).collect();
    html! {
        section class="entry" {
            "\n"
            h2 id=(name) { a class="header" href={ "#" (name) } { (name) } }
            "\n"
            p { (inline_code(&source.claim)) }
            "\n"
            ul {
                "\n"
                li {
                    "shown in "
                    a href={ (to_root) (chapter) ".md#listing-" (name) } { "its chapter" }
                }
                "\n"
                li { code { "cargo run -p " (name) } ", " code { "cargo test -p " (name) } }
                "\n"
                @if let Some(exercise) = solved {
                    li {
                        "solution of the exercise "
                        a href={ (to_root) (exercise.chapter) ".md#exercise-" (exercise.name) } {
                            (exercise.name)
                        }
                    }
                    "\n"
                }
                @for (run, recorded) in runs {
                    @let order = recorded.completion_order();
                    li {
                        "recorded as " code { (folder) "/" (listing.recording(run)) } ": "
                        (time_text(recorded.total())) ", " (recorded.clock()) " clock"
                        @if !order.is_empty() { ", completed " (numbers(&order)) }
                    }
                    "\n"
                }
            }
            "\n"
            details {
                "\n"
                summary { code { (folder) "/src/lib.rs" } }
                "\n"
                p class="message" { "The proof, a doc-test:" }
                "\n" (verbatim(&proofs.join("\n\n"))) "\n"
                p class="message" { "The program:" }
                "\n" (verbatim(&source.program())) "\n"
            }
            "\n"
        }
        "\n\n"
    }
}

/// Code as HTML, not as a fence: it is on the page to be read. What compiles and runs it is its
/// own crate. Empty lines are written so that they do not end the HTML block in Markdown.
fn verbatim(code: &str) -> Markup {
    html! {
        pre {
            code class="language-rust" {
                @for (number, line) in code.lines().enumerate() {
                    @if number > 0 { "\n" }
                    @if line.trim().is_empty() { (PreEscaped("&#8203;")) } @else { (line) }
                }
            }
        }
    }
}

/// `` `join!` `` as `<code>join!</code>`, the rest escaped.
fn inline_code(text: &str) -> Markup {
    html! {
        @for (i, part) in text.split('`').enumerate() {
            @if i % 2 == 0 { (part) } @else { code { (part) } }
        }
    }
}
