//! `{{#bench joined 5 8 2}}`: where a script puts the bench. What stands there without it sends the
//! reader to the program.

use std::time::Duration;

use maud::{Markup, html};
use timeline_figure::{Milliseconds, json};

use super::arguments::subject;
use crate::{
    data,
    diagnostic::{Message, suggestion},
    page::Page,
};

/// The modes of the bench, by the names that the model in `theme` gives them, each with the listing
/// that makes its calls so.
const MODES: [(&str, &str); 5] = [
    ("blocking", "three-calls"),
    ("threads", "three-threads"),
    ("series", "serial-await"),
    ("spawned", "spawn-three"),
    ("joined", "join"),
];

/// How many calls the bench has at most, and how long they wait: in seconds, in steps of a half.
const MAX_CALLS: usize = 20;
const MAX_DELAY: f64 = 20.0;

const EXAMPLE: &str = ", as in `{{#bench series 5 8 2}}`";

#[derive(Debug)]
pub(crate) struct Bench<'a> {
    mode: &'a str,
    listing: &'static str,
    delays: Vec<Duration>,
}

impl<'a> Bench<'a> {
    pub(super) fn parse(arguments: &[&'a str]) -> Result<Bench<'a>, Message> {
        let (mode, delays) = subject("bench", &format!("a mode{EXAMPLE}"), arguments)?;
        let Some((_, listing)) = MODES.into_iter().find(|(name, _)| *name == mode) else {
            let names = MODES.map(|(name, _)| name);
            return Err(format!("`{mode}` is no mode of `bench`{}", suggestion(mode, names)).into());
        };
        if !(1..=MAX_CALLS).contains(&delays.len()) {
            let count = delays.len();
            return Err(
                format!("`bench` takes 1 to {MAX_CALLS} delays, not {count}{EXAMPLE}").into()
            );
        }
        let delays: Result<Vec<Duration>, Message> =
            delays.iter().map(|delay| parse_delay(delay)).collect();
        Ok(Bench { mode, listing, delays: delays? })
    }

    pub(super) fn expand(&self, page: &Page) -> Result<Markup, Message> {
        let listing = self.listing;
        page.catalogue.listing(listing)?;
        let delays = self.delays.iter().copied().map(Milliseconds).collect();
        let data = data::Bench { mode: self.mode, delays };
        Ok(html! {
            div class="bench" data-bench=(json(&data)) {
                "\n"
                p class="without-script" {
                    "Here, JavaScript would let you change the delays. Without it, change them in "
                    a href={ (page.to_root) "listings.md#" (listing) } { (listing) }
                    ", and run it: "
                    code { "cargo run -p " (listing) }
                    "."
                }
                "\n"
                p class="checked" hidden {
                    "Calculated, not recorded. That tokio does the same is "
                    a href={ (page.to_root) "verified.md#calculated" } { "checked" }
                    "."
                }
                "\n"
            }
            "\n"
        })
    }
}

/// A delay that the sliders of the bench have, too.
fn parse_delay(text: &str) -> Result<Duration, Message> {
    match text.parse::<f64>() {
        // A `-0` is a zero as well.
        Ok(s) if (0.0..=MAX_DELAY).contains(&s) && (s * 2.0).fract() == 0.0 => {
            Ok(Duration::from_secs_f64(s.abs()))
        }
        _ => Err(format!(
            "`{text}` is no delay of `bench`: it takes seconds from 0 to {MAX_DELAY}, in steps of \
             0.5{EXAMPLE}"
        )
        .into()),
    }
}
