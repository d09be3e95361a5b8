//! `{{#timeline join}}`: figure and table of a recorded run.

use maud::{Markup, html};
use timeline::Clock;
use timeline_figure::{Columns, Figure};

use super::arguments::{LISTING, subject};
use crate::{catalogue::LANGUAGES, diagnostic::Message, page::Page};

#[derive(Debug)]
pub(crate) struct Timeline<'a> {
    run: &'a str,
    columns: Columns,
}

impl<'a> Timeline<'a> {
    pub(super) fn parse(arguments: &[&'a str]) -> Result<Timeline<'a>, Message> {
        let (run, rest) = subject("timeline", LISTING, arguments)?;
        let columns = match rest {
            [] => Columns::Usual,
            ["polls"] => Columns::WithPolls,
            _ => return Err("after the run, `timeline` takes `polls` or nothing".into()),
        };
        Ok(Timeline { run, columns })
    }

    /// The usual figure of a run.
    pub(super) fn usual(run: &'a str) -> Timeline<'a> {
        Timeline { run, columns: Columns::Usual }
    }

    pub(super) fn expand(&self, page: &mut Page) -> Result<Markup, Message> {
        let name = self.run;
        let run = page.catalogue.run(name)?;
        if self.columns == Columns::WithPolls && run.calls().iter().all(|c| c.polls.is_empty()) {
            return Err(format!("no polls are recorded of `{name}`").into());
        }
        let figure = Figure {
            name,
            columns: self.columns,
            awaiting_prediction: page.take_awaited(name),
            caption: caption(name, run.clock()),
        };
        Ok(figure.render(run))
    }
}

/// What the figure shows, and where it comes from.
fn caption(name: &str, clock: Clock) -> Markup {
    let (listing, part) = name.split_once('/').unwrap_or((name, ""));
    let language = LANGUAGES.iter().find(|language| language.key == part);
    html! {
        "A recorded run of "
        @if let Some(language) = language {
            code { (listing) } " in " (language.name)
        } @else {
            code { (name) }
        }
        @match clock {
            Clock::Virtual => ", exact, on the virtual clock.",
            Clock::Wall => ", on the wall clock, in whole seconds.",
        }
    }
}
