//! `{{#predict join}}`: the question before a run is shown, for readers with and without scripts.

use maud::{Markup, html};
use timeline::{Outcome, Run};
use timeline_figure::json;

use super::{
    arguments::{LISTING, only},
    prose::{numbers, time_element},
};
use crate::{diagnostic::Message, page::Page, prediction::prediction};

#[derive(Debug)]
pub(crate) struct Predict<'a> {
    run: &'a str,
}

impl<'a> Predict<'a> {
    pub(super) fn parse(arguments: &[&'a str]) -> Result<Predict<'a>, Message> {
        Ok(Predict { run: only("predict", LISTING, arguments)? })
    }

    pub(super) fn expand(&self, page: &mut Page) -> Result<Markup, Message> {
        let run = page.catalogue.run(self.run)?;
        page.ask_for(self.run);
        Ok(question(self.run, run))
    }
}

/// The question, twice: as a form, which a script answers, and with the answer folded. The style sheet
/// shows the form where scripts run, and the folded answer where they do not.
///
/// All that the script knows of the run is the [`Prediction`](crate::data::Prediction) of the form, so
/// its answers come from the recording alone.
fn question(name: &str, run: &Run) -> Markup {
    let prediction = prediction(name, run);
    let asks_for_order = !prediction.calls.is_empty();
    let question = if run.calls().is_empty() {
        "How long will it take, and what will have run?"
    } else if asks_for_order {
        "How long will it take, and in which order will the calls complete?"
    } else {
        "How long will it take?"
    };
    let completed = match prediction.order.as_slice() {
        _ if !asks_for_order => String::new(),
        [] => "; no call completed".to_owned(),
        [one] => format!("; call {one} alone completed"),
        order => format!("; the calls completed in the order {}", numbers(order)),
    };
    let has_failed = run.calls().iter().any(|call| call.outcome == Outcome::Failed);
    html! {
        details class="predict" data-run=(name) {
            "\n" summary { "Predict. " (question) } "\n"
            p {
                (time_element(run.total())) (completed) "."
                @if !prediction.fates.is_empty() { " " (prediction.fates) }
            }
            "\n"
        }
        "\n"
        form class="predict"
            aria-label={ "Predict " (name) }
            data-run=(name)
            data-prediction=(json(&prediction)) {
            "\n"
            p { strong { "Predict." } " " (question) }
            "\n"
            p class="ask" {
                label {
                    "Total "
                    input type="number" min="0" step="any" required autocomplete="off";
                    " s"
                }
                " "
                @if asks_for_order {
                    span class="calls" role="group" aria-label="order of completion" {
                        "Order"
                        @for call in &prediction.calls {
                            " "
                            button type="button" value=(call) aria-pressed="false" { "call " (call) }
                        }
                    }
                    " "
                }
                button { "Check" }
                " "
                button type="button" class="show" { "Show me" }
            }
            "\n"
            output {
                @if asks_for_order {
                    "Press the calls in the order in which they will complete; leave out what will not."
                    @if has_failed { " A call that returns an error completes, too." }
                } @else {
                    "Give the seconds, then look at the run."
                }
            }
            "\n"
            p class="progress" {
                span { "Nothing predicted yet." }
                " "
                button type="button" class="clear" { "Clear" }
                " "
                label { input type="checkbox"; " always show the runs" }
            }
            "\n"
        }
        "\n"
    }
}
