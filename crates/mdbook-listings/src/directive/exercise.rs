//! `{{#exercise at-most-two}}`: the task, the program to start with, its proof, hints one by one, and a
//! solution. All that is a spoiler is folded.

use maud::{Markup, PreEscaped, html};

use super::{arguments::only, listing::Listing, proof::Proof, timeline::Timeline};
use crate::{blocks, diagnostic::Message, page::Page};

#[derive(Debug)]
pub(crate) struct Exercise<'a> {
    name: &'a str,
}

impl<'a> Exercise<'a> {
    pub(super) fn parse(arguments: &[&'a str]) -> Result<Exercise<'a>, Message> {
        Ok(Exercise { name: only("exercise", "the name of an exercise", arguments)? })
    }

    pub(super) fn expand(&self, page: &mut Page) -> Result<Markup, Message> {
        let name = self.name;
        let exercise = page.catalogue.exercise(name)?;
        let (source, text) = (&exercise.source, &exercise.text);
        let id = page.new_id(format!("exercise-{name}"));
        let program = blocks::fence("rust,program", &source.program_shown());
        let proof = source.proof_program(&name.replace('-', "_"), None, &source.proofs[0].code);
        let proof = blocks::fence("rust,proof,unsolved", &proof);
        let solution = solution(&exercise.solution(), page)?;
        // Markdown goes on inside of the section: empty lines keep it apart from the HTML.
        Ok(html! {
            section class="exercise"
                data-exercise=(name)
                id=[id]
                aria-label={ "Exercise: " (name) } {
                "\n\n**Exercise.** " (PreEscaped(&text.task))
                "\n\n" (PreEscaped(&text.details)) "\n\n"
                figure class="listing" {
                    "\n"
                    figcaption {
                        code { (exercise.file.display()) }
                        " "
                        code { "cargo test -p " (name) }
                    }
                    "\n\n" (PreEscaped(program)) "\n\n"
                }
                "\n\n"
                p class="message" {
                    "What " code { "cargo test -p " (name) } " says at first:"
                }
                "\n\n" (PreEscaped(&text.at_first)) "\n\n"
                (folded("proof", "The proof that a solution passes", &proof))
                "\n"
                @for (position, hint) in text.hints.iter().enumerate() {
                    @if position > 0 { "\n" }
                    (folded("hint", &format!("Hint {}", position + 1), hint))
                }
                "\n"
                (folded("solution", "A solution", &solution))
                "\n"
            }
            "\n"
        })
    }
}

/// The listing that solves the exercise, its runs and its proof.
fn solution(name: &str, page: &mut Page) -> Result<String, Message> {
    let listing = Listing::whole(name).expand(page)?;
    let catalogue = page.catalogue;
    let runs = catalogue.listing(name)?.runs.keys().map(String::as_str);
    let mut runs: Vec<&str> = runs.collect();
    if runs.is_empty() {
        // That there is none is an error like any other.
        runs.push(name);
    }
    let mut solution = listing.into_string();
    for run in runs {
        solution += &format!("\n{}", Timeline::usual(run).expand(page)?.into_string());
    }
    Ok(solution + "\n" + &Proof { name }.expand(page)?.into_string())
}

/// Markdown that is folded away.
fn folded(class: &str, summary: &str, markdown: &str) -> Markup {
    html! {
        details class=(class) {
            "\n" summary { (summary) }
            "\n\n" (PreEscaped(markdown.trim())) "\n\n"
        }
        "\n"
    }
}
