//! A run as a figure of a page.

use maud::{Markup, html};
use timeline::Run;

use crate::{
    Columns, RunData,
    data::json,
    key::key,
    layout::lanes,
    svg::{drawing, svg},
    table::table,
};

/// A figure for a page whose theme has the styles and the player: the drawing, its key, room for the
/// player, the table and a caption.
#[derive(Debug)]
pub struct Figure<'a> {
    /// The name that the run goes by on the page.
    pub name: &'a str,
    /// What the table shows.
    pub columns: Columns,
    /// Whether the reader is to predict the run before seeing it. Where scripts run, the figure is
    /// hidden from the first paint on until the reader has answered.
    pub awaiting_prediction: bool,
    /// What the figure shows, and where it comes from.
    pub caption: Markup,
}

impl Figure<'_> {
    /// The element, as lines of HTML without a blank one, so that it may stand in Markdown.
    pub fn render(&self, run: &Run) -> Markup {
        html! {
            figure class=(if self.awaiting_prediction { "timeline veiled" } else { "timeline" })
                data-run=(self.name)
                data-timeline=(json(&RunData::new(self.name, run))) {
                "\n"
                (picture(run))
                "\n"
                (table(run, self.columns))
                "\n"
                figcaption { (self.caption) }
                "\n"
            }
            "\n"
        }
    }
}

/// The drawing, its key and the player's room, which a script fills; nothing if there is nothing to
/// draw.
fn picture(run: &Run) -> Markup {
    let lanes = lanes(run);
    html! {
        @if drawing(run, &lanes).is_some() {
            (svg(run))
            (key(run, &lanes))
            div class="player" {}
        }
    }
}
