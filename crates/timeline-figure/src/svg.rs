//! A run as a drawing: a lane for each call on one axis of time, and below it the total and its
//! alternative.
//!
//! Horizontal positions are percentages and text is never scaled, so a drawing fits a phone and a
//! wide screen alike. Vertical positions, and all lengths in here, are pixels.

use std::time::Duration;

use maud::{Markup, html};
use timeline::{Call, Outcome, Run};
use unicode_width::UnicodeWidthStr;

use crate::{
    Alternative,
    axis::axis,
    data::{Milliseconds, json},
    format::{percent, summary, time_text},
    layout::{Lane, lanes, span},
    story::story,
};

/// Above so many calls, lanes are compact: low, and without text.
pub(crate) const COMPACT_ABOVE: usize = 40;
/// How many calls are drawn at most.
pub(crate) const MAX_LANES: usize = 400;

/// A bracket below the lanes, and the axis.
const BRACKET_HEIGHT: usize = 30;
const AXIS_HEIGHT: usize = 28;
/// How many columns of text fit next to each other on a phone, in the size of the style sheet.
const PHONE_COLUMNS: usize = 44;

/// How high lanes are.
#[derive(Clone, Copy)]
struct Size {
    lane: usize,
    /// From the top of a lane to the base line of its text, and to its bar.
    text_baseline: usize,
    bar_top: usize,
    bar: usize,
    /// How far a tick reaches beyond its bar.
    tick_overhang: usize,
    is_compact: bool,
}

const FULL: Size =
    Size { lane: 40, text_baseline: 14, bar_top: 20, bar: 12, tick_overhang: 3, is_compact: false };
const COMPACT: Size =
    Size { lane: 14, text_baseline: 0, bar_top: 3, bar: 8, tick_overhang: 1, is_compact: true };

/// A drawing, without the element around it.
pub(crate) struct Drawing {
    pub(crate) height: usize,
    /// The time at which the axis ends.
    pub(crate) span: Duration,
    pub(crate) marks: Markup,
}

/// The drawing as an element of a page, with its text alternative. It is one line of HTML: a blank
/// line or an indented one inside would make Markdown of the rest. Empty if the run takes no time or
/// has no calls: then there is nothing to draw.
pub fn svg(run: &Run) -> Markup {
    let Some(Drawing { height, span, marks }) = drawing(run, &lanes(run)) else {
        return html! {};
    };
    html! {
        svg class=(run.clock())
            data-span=(json(&Milliseconds(span)))
            role="img"
            width="100%"
            height=(height)
            aria-label=(story(run)) {
            (marks)
        }
    }
}

pub(crate) fn drawing(run: &Run, lanes: &[Lane]) -> Option<Drawing> {
    let end_of_run = span(run);
    if end_of_run.is_zero() || lanes.is_empty() {
        return None;
    }
    let alternative = Alternative::of(run);
    // One that takes far longer would leave no room for the run; its bracket is cut off.
    let span = match alternative {
        Some(Alternative::InSeries(sum)) if sum <= end_of_run.saturating_mul(3) => {
            end_of_run.max(sum)
        }
        _ => end_of_run,
    };
    let size = if lanes.len() > COMPACT_ABOVE { COMPACT } else { FULL };
    let drawn = &lanes[..lanes.len().min(MAX_LANES)];
    let scale = Scale { span, end_of_run, size };
    let brackets = drawn.len() * size.lane;
    let bottom = brackets + BRACKET_HEIGHT * if alternative.is_some() { 2 } else { 1 };
    // What belongs together is in a group. It is not read out: the whole has a text.
    let marks = html! {
        (axis(span, bottom))
        @for position in 0..drawn.len() { (scale.enclosure(drawn, position)) }
        @for (position, lane) in drawn.iter().enumerate() { (scale.lane(lane, position)) }
        @let total = run.total();
        (scale.bracket(brackets, "total", total, &format!("total: {}", time_text(total))))
        @if let Some(other) = alternative {
            @let total = other.total();
            @let text = format!("{}: {}, {}", other.name(), time_text(total), other.reason());
            (scale.bracket(brackets + BRACKET_HEIGHT, "rival", total, &text))
        }
    };
    Some(Drawing { height: bottom + AXIS_HEIGHT, span, marks })
}

/// Where things are drawn.
#[derive(Clone, Copy)]
struct Scale {
    /// The time at which the axis ends.
    span: Duration,
    /// The time up to which a call is drawn that has no end.
    end_of_run: Duration,
    size: Size,
}

impl Scale {
    fn x(&self, at: Duration) -> String {
        percent(at, self.span)
    }

    fn end(&self, call: &Call) -> Duration {
        call.end.unwrap_or(self.end_of_run)
    }

    fn width(&self, call: &Call) -> String {
        self.x(self.end(call).saturating_sub(call.start))
    }

    /// The box around a call and those that it made, if it made any.
    fn enclosure(&self, lanes: &[Lane], position: usize) -> Markup {
        let Lane { call, depth, .. } = lanes[position];
        let inside = lanes[position + 1..].iter().take_while(|lane| lane.depth > depth).count();
        let size = self.size;
        html! {
            @if inside > 0 {
                rect class="inside"
                    x=(self.x(call.start))
                    y=(position * size.lane + size.bar_top)
                    width=(self.width(call))
                    height=((inside + 1) * size.lane - size.bar_top) {}
            }
        }
    }

    fn lane(&self, lane: &Lane, position: usize) -> Markup {
        let call = lane.call;
        let size = self.size;
        let top = position * size.lane;
        let bar = top + size.bar_top;
        html! {
            g aria-hidden="true" {
                @if !size.is_compact { (self.lane_text(lane, top + size.text_baseline)) }
                rect class=(call.outcome)
                    x=(self.x(call.start))
                    y=(bar)
                    width=(self.width(call))
                    height=(size.bar) {}
                @for &tick in &lane.ticks {
                    @let x = self.x(tick);
                    line class="poll"
                        x1=(x)
                        x2=(x)
                        y1=(bar - size.tick_overhang)
                        y2=(bar + size.bar + size.tick_overhang) {}
                }
                svg class="end"
                    x=(self.x(self.end(call)))
                    y=(bar + size.bar / 2)
                    overflow="visible" {
                    (end_mark(call, size.is_compact))
                }
            }
        }
    }

    /// What a lane says above its bar. It fits on a phone, too: from the start of the bar on, or up to
    /// its end, or else from the left.
    fn lane_text(&self, lane: &Lane, baseline: usize) -> Markup {
        let call = lane.call;
        let indent = 2 * lane.depth.min(6);
        let text = summary(call, PHONE_COLUMNS - indent);
        let columns = text.width() + indent;
        let columns_from =
            |at: Duration| (PHONE_COLUMNS as f64 * (1.0 - at.div_duration_f64(self.span))) as usize;
        let end = self.end(call);
        let (anchor, at) = if columns <= columns_from(call.start) {
            ("start", call.start)
        } else if columns + columns_from(end) <= PHONE_COLUMNS {
            ("end", end)
        } else {
            ("start", Duration::ZERO)
        };
        let shift = (anchor == "start" && indent > 2).then(|| (indent - 2) * 6);
        html! {
            text x=(self.x(at)) y=(baseline) text-anchor=(anchor) dx=[shift] {
                @if lane.depth > 0 { "↳\u{a0}" }
                (text)
            }
        }
    }

    /// A line from zero to a time below the lanes, with a text; cut off where the axis ends.
    fn bracket(&self, top: usize, class: &str, to: Duration, text: &str) -> Markup {
        let line = top + 22;
        let cap = |at: Duration| {
            let x = self.x(at);
            html! { line class={ (class) " cap" } x1=(x) x2=(x) y1=(line - 5) y2=(line + 5) {} }
        };
        html! {
            g aria-hidden="true" {
                text class=(class) x="0" y=(line - 7) { (text) }
                line class=(class) x1="0" x2=(self.x(to.min(self.span))) y1=(line) y2=(line) {}
                (cap(Duration::ZERO))
                @if to > self.span {
                    svg class="end" x="100%" y=(line) overflow="visible" {
                        path d="M4-5l6 5-6 5" {}
                    }
                } @else {
                    (cap(to))
                }
            }
        }
    }
}

/// How a call ended, as a shape at the end of its bar: a ring with its place, a filled box with its
/// place if it failed, a cross if it was dropped, a burst if it panicked, an arrow if it runs on.
fn end_mark(call: &Call, is_compact: bool) -> Markup {
    let shape = |class: &str, full: &str, compact: &str| {
        html! { path class=(class) d=(if is_compact { compact } else { full }) {} }
    };
    let place = call.completion_rank.map_or_else(String::new, |rank| rank.to_string());
    match call.outcome {
        Outcome::Returned if is_compact && !place.is_empty() => {
            html! { text class="place" x="4" y="4" { (place) } }
        }
        Outcome::Returned => boxed("", &place, 9, is_compact),
        Outcome::Failed => boxed(" failed", &format!("!{place}"), 0, is_compact),
        Outcome::Dropped => shape("cross", "M5-7l14 14m0-14l-14 14", "M4-4l8 8m0-8l-8 8"),
        Outcome::Panicked => shape(
            "burst",
            "M14-10v20M4 0h20M7-7l14 14m0-14l-14 14",
            "M8-5v10M3 0h10M5-3l6 6m0-6l-6 6",
        ),
        Outcome::Running => shape("on", "M3 0h14m-5-5l5 5-5 5", "M3 0h14m-5-5l5 5-5 5"),
    }
}

/// A text in a box as wide as the text.
fn boxed(class: &str, text: &str, radius: usize, is_compact: bool) -> Markup {
    let width = 10 + 8 * text.len().max(1);
    let height = if is_compact { 12 } else { 18 };
    html! {
        rect class={ "mark" (class) }
            x="4"
            y={ "-" (height / 2) }
            width=(width)
            height=(height)
            rx=(radius) {}
        text class={ "place" (class) } x=(4 + width / 2) y="4" text-anchor="middle" { (text) }
    }
}
