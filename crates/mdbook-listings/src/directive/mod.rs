//! The directives: what they are called, how they are written, what they stand for.
//!
//! A directive is a module with a type that is parsed from arguments and expands to Markdown, and a row
//! of [`SPECS`]. The messages about wrong directives and the table in `CONTRIBUTING.md` come from there.

mod arguments;
mod bench;
mod catalogue;
mod error;
mod exercise;
mod listing;
mod output;
mod predict;
mod proof;
mod prose;

mod rosetta;
mod time;
mod timeline;

use maud::Markup;

use crate::{
    context::Context,
    diagnostic::{Message, suggestion},
    page::Page,
    raw::RawDirective,
};

/// A directive whose arguments are well-formed. What they name may not exist.
#[derive(Debug)]
pub(crate) enum Directive<'a> {
    Listing(listing::Listing<'a>),
    Proof(proof::Proof<'a>),
    Timeline(timeline::Timeline<'a>),
    Predict(predict::Predict<'a>),
    Bench(bench::Bench<'a>),
    Output(output::Output<'a>),
    Exercise(exercise::Exercise<'a>),
    Error(error::Error<'a>),
    Rosetta(rosetta::Rosetta<'a>),
    Time(time::Time<'a>),
    Catalogue(catalogue::Catalogue),
}

/// A directive as it is described.
struct Spec {
    name: &'static str,
    /// Whether it stands in a sentence; the others have a line to themselves.
    is_inline: bool,
    /// How it is written, and what it stands for.
    forms: &'static [(&'static str, &'static str)],
    /// Reads its arguments.
    parse: for<'a> fn(&[&'a str]) -> Result<Directive<'a>, Message>,
}

/// All directives. A variant of [`Directive`] that is missing here is never made, which is a warning;
/// one that is not expanded is an error.
const SPECS: [Spec; 11] = [
    Spec {
        name: "listing",
        is_inline: false,
        forms: &[
            ("{{#listing join}}", "the program"),
            ("{{#listing join three_calls main}}", "these items; the rest is folded away"),
        ],
        parse: |arguments| listing::Listing::parse(arguments).map(Directive::Listing),
    },
    Spec {
        name: "proof",
        is_inline: false,
        forms: &[("{{#proof join}}", "the doc-test, folded")],
        parse: |arguments| proof::Proof::parse(arguments).map(Directive::Proof),
    },
    Spec {
        name: "timeline",
        is_inline: false,
        forms: &[
            ("{{#timeline join}}", "figure and table of the recorded run"),
            ("{{#timeline join polls}}", "the same with every poll in the table"),
            (
                "{{#timeline joined-in-part/two-last}}",
                "the same of a listing that has several runs",
            ),
        ],
        parse: |arguments| timeline::Timeline::parse(arguments).map(Directive::Timeline),
    },
    Spec {
        name: "predict",
        is_inline: false,
        forms: &[(
            "{{#predict join}}",
            "the question how long and in which order; the next `{{#timeline join}}` of the section is \
             hidden until it is answered",
        )],
        parse: |arguments| predict::Predict::parse(arguments).map(Directive::Predict),
    },
    Spec {
        name: "bench",
        is_inline: false,
        forms: &[(
            "{{#bench joined 5 8 2}}",
            "the bench: modes and delays (in seconds) to play with; also `blocking`, `threads`, `series`, \
             `spawned`",
        )],
        parse: |arguments| bench::Bench::parse(arguments).map(Directive::Bench),
    },
    Spec {
        name: "output",
        is_inline: false,
        forms: &[(
            "{{#output hundred-thousand}}",
            "what `cargo run --release -p hundred-thousand` printed: `output.txt` next to the listing",
        )],
        parse: |arguments| output::Output::parse(arguments).map(Directive::Output),
    },
    Spec {
        name: "exercise",
        is_inline: false,
        forms: &[(
            "{{#exercise at-most-two}}",
            "the task, the program to start with, its proof, the hints one by one, the solution",
        )],
        parse: |arguments| exercise::Exercise::parse(arguments).map(Directive::Exercise),
    },
    Spec {
        name: "error",
        is_inline: false,
        forms: &[("{{#error async-main}}", "a rejected program and what the compiler says")],
        parse: |arguments| error::Error::parse(arguments).map(Directive::Error),
    },
    Spec {
        name: "rosetta",
        is_inline: false,
        forms: &[
            ("{{#rosetta join}}", "the programs in other languages, as tabs"),
            ("{{#rosetta join python open}}", "only these languages, unfolded"),
        ],
        parse: |arguments| rosetta::Rosetta::parse(arguments).map(Directive::Rosetta),
    },
    Spec {
        name: "time",
        is_inline: true,
        forms: &[
            (
                "{{#time join total}}",
                "one figure in a sentence; also `order` (of completion) and `polls` (of each call)",
            ),
            (
                "{{#time join end 1}}",
                "of one call, by its number: `start`, `end`, `place` (in the order of completion), `outcome`",
            ),
            (
                "{{#time bounded end send 3}}",
                "the same by function and number, or by the function alone",
            ),
            (
                "{{#time bounded ends send}}",
                "of all calls of a function, in the order in which they started: `starts`, `ends`",
            ),
        ],
        parse: |arguments| time::Time::parse(arguments).map(Directive::Time),
    },
    Spec {
        name: "catalogue",
        is_inline: false,
        forms: &[("{{#catalogue}}", "all listings")],
        parse: |arguments| catalogue::Catalogue::parse(arguments).map(Directive::Catalogue),
    },
];

/// mdBook's own directives. They are refused: mdBook publishes what it could not include.
const FOREIGN: [&str; 4] = ["include", "rustdoc_include", "playground", "title"];

impl<'a> Directive<'a> {
    /// Reads a directive that stands in this context.
    ///
    /// # Errors
    ///
    /// If there is no such directive, if it cannot stand there, or if it has other arguments.
    pub(crate) fn parse(
        raw: &RawDirective<'a>,
        context: Option<Context>,
    ) -> Result<Directive<'a>, Message> {
        let name = raw.name;
        let to_show = format!("or write `\\{{{{#{name} …}}}}` to show the directive");
        if FOREIGN.contains(&name) {
            return Err(format!(
                "mdBook's `{name}` is not used in this book, because mdBook publishes what it cannot \
                 include; show code by `{{{{#listing …}}}}`, {to_show}"
            )
            .into());
        }
        let names = || SPECS.iter().map(|spec| spec.name);
        if name.is_empty() {
            return Err(format!("this directive has no name{}", suggestion(name, names())).into());
        }
        let Some(spec) = SPECS.iter().find(|spec| spec.name == name) else {
            return Err(
                format!("there is no directive `{name}`{}", suggestion(name, names())).into()
            );
        };
        if let Some(context) = context {
            let why = match context {
                Context::Code => format!(
                    "in code, the page would show the HTML of `{name}`; move it out of the code (four \
                     spaces make code, too)"
                ),
                Context::Comment => format!(
                    "in an HTML comment, nobody sees `{name}`; delete it, or move it out of the comment"
                ),
                Context::HtmlTag => {
                    format!(
                        "in an HTML tag, `{name}` would be broken HTML; move it between the tags"
                    )
                }
                Context::RawText => format!(
                    "in this HTML element, the page would show the HTML of `{name}`; move it out of the element"
                ),
                Context::Link => format!(
                    "in the address or the title of a link, and in an image, `{name}` would be broken HTML; \
                     move it into the text"
                ),
            };
            return Err(format!("{why}, {to_show}").into());
        }
        if !spec.is_inline && !raw.alone {
            return Err(format!(
                "`{name}` makes a block: give it a line for itself, from the first column on"
            )
            .into());
        }
        (spec.parse)(&raw.arguments)
    }

    /// What it stands for, as Markdown.
    ///
    /// # Errors
    ///
    /// If something that it names does not exist.
    pub(crate) fn expand(&self, page: &mut Page) -> Result<Markup, Message> {
        match self {
            Directive::Listing(listing) => listing.expand(page),
            Directive::Proof(proof) => proof.expand(page),
            Directive::Timeline(timeline) => timeline.expand(page),
            Directive::Predict(predict) => predict.expand(page),
            Directive::Bench(bench) => bench.expand(page),
            Directive::Output(output) => output.expand(page),
            Directive::Exercise(exercise) => exercise.expand(page),
            Directive::Error(error) => error.expand(page),
            Directive::Rosetta(rosetta) => rosetta.expand(page),
            Directive::Time(time) => time.expand(page),
            Directive::Catalogue(catalogue) => Ok(catalogue.expand(page)),
        }
    }
}

/// The table of all directives in `CONTRIBUTING.md`: how they are written, and what they stand for.
pub fn directives_table() -> String {
    let rows = SPECS.iter().flat_map(|spec| spec.forms);
    let rows = rows.map(|(syntax, meaning)| format!("| `{syntax}` | {meaning} |\n"));
    format!("| directive | stands for |\n|---|---|\n{}", rows.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raw::raw_directives;

    #[test]
    fn every_form_that_is_described_is_understood() {
        for spec in &SPECS {
            for (syntax, _) in spec.forms {
                let raw = raw_directives(syntax).remove(0).expect("it is closed");
                assert_eq!(raw.name, spec.name, "{syntax}");
                Directive::parse(&raw, None)
                    .unwrap_or_else(|message| panic!("{syntax}: {message}"));
            }
        }
    }

    #[test]
    fn no_directive_is_described_twice() {
        for (position, spec) in SPECS.iter().enumerate() {
            assert!(SPECS[..position].iter().all(|other| other.name != spec.name), "{}", spec.name);
        }
    }
}
