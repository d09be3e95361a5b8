//! A run as a file that needs no other.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use timeline::Run;

use crate::{
    Columns, Figure,
    format::truncated,
    key::{Entry, Mark, entries},
    layout::lanes,
    story::story,
    svg::{Drawing, drawing},
};

/// The size of the document, and the room around what it shows, in pixels.
const WIDTH: usize = 760;
const MARGIN: usize = 16;
/// The marks at the ends of calls reach beyond the axis.
const MARGIN_RIGHT: usize = 40;
const LINE: usize = 22;

/// The styles of [`svg_document`]. They name no variables: not every viewer knows those.
const STYLE: &str = include_str!("standalone.css");

/// The run as a complete SVG document: a title, the drawing, its key, and the story as its
/// description. It brings its own colours, light or dark as the viewer prefers.
///
/// A run that takes no time, or has no calls, has no drawing; its document says so.
pub fn svg_document(run: &Run, title: &str) -> String {
    let lanes = lanes(run);
    let title = truncated(title, 90);
    let top = MARGIN + LINE;
    let drawing = drawing(run, &lanes);
    let below = top + drawing.as_ref().map_or(LINE, |drawing| drawing.height) + LINE / 2;
    let entries = if drawing.is_some() { entries(run, &lanes) } else { Vec::new() };
    let height = below + entries.len() * LINE + MARGIN;
    let svg = html! {
        svg xmlns="http://www.w3.org/2000/svg"
            class=(run.clock())
            role="img"
            width=(WIDTH)
            height=(height)
            viewBox={ "0 0 " (WIDTH) " " (height) }
            aria-labelledby="title description" {
            title id="title" { (title) }
            desc id="description" { (story(run)) }
            style { (PreEscaped(STYLE)) }
            rect class="page" width="100%" height="100%" {}
            text class="title" x=(MARGIN) y=(MARGIN + 12) { (title) }
            @match drawing {
                Some(Drawing { height, marks, .. }) => {
                    svg x=(MARGIN)
                        y=(top)
                        width=(WIDTH - MARGIN - MARGIN_RIGHT)
                        height=(height)
                        overflow="visible" {
                        (marks)
                    }
                }
                None => text x=(MARGIN) y=(top + 14) { "There is nothing to draw: the run takes no time." }
            }
            @for (position, entry) in entries.iter().enumerate() {
                (key_line(entry, below + position * LINE))
            }
        }
    };
    svg.into_string() + "\n"
}

fn key_line(Entry { mark, meaning }: &Entry, y: usize) -> Markup {
    html! {
        @if let Some(Mark { svg, .. }) = mark {
            svg x=(MARGIN) y=(y) width="26" height="18" { (svg) }
        }
        text class="key" x=(MARGIN + 34) y=(y + 14) { (meaning) }
    }
}

/// What a page of the book loads for a figure: the texts of the files in `theme`.
#[derive(Clone, Copy, Debug)]
pub struct Assets<'a> {
    /// The styles of figure and player.
    pub styles: &'a [&'a str],
    /// The scripts of the player, in the order in which a page loads them.
    pub scripts: &'a [&'a str],
}

/// The run as a complete HTML page, with the player, that loads nothing.
pub fn html_page(run: &Run, name: &str, title: &str, assets: &Assets) -> String {
    let figure = Figure {
        name,
        columns: columns(run),
        awaiting_prediction: false,
        caption: html! { (title) },
    };
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                style { (PreEscaped(PAGE_STYLE)) }
                @for style in assets.styles { style { (PreEscaped(style)) } }
            }
            body {
                main {
                    h1 { (title) }
                    (figure.render(run))
                }
                @for script in assets.scripts { script { (PreEscaped(script)) } }
            }
        }
    };
    page.into_string() + "\n"
}

/// What mdBook's style sheets do for a page of the book: the variables that the theme uses.
const PAGE_STYLE: &str = include_str!("page.css");

/// The polls are worth a column if there are any.
fn columns(run: &Run) -> Columns {
    if run.calls().iter().any(|call| !call.polls.is_empty()) {
        Columns::WithPolls
    } else {
        Columns::Usual
    }
}
