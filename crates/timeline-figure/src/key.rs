//! The key: what the marks of a drawing mean.

use maud::{Markup, html};
use timeline::{Clock, Run};

use crate::{
    format::{grouped, one_line},
    layout::DrawnLane,
    svg::{COMPACT_ABOVE, MAX_LANES},
};

/// An entry of the key: a mark, unless it is about the whole drawing, and what it means.
pub(crate) struct Entry {
    pub(crate) mark: Option<Mark>,
    pub(crate) meaning: String,
}

/// A mark as the key shows it: 18 pixels high.
pub(crate) struct Mark {
    /// Its width, in pixels.
    pub(crate) width: usize,
    pub(crate) svg: Markup,
}

/// The entries of a run that is drawn in these lanes.
pub(crate) fn entries(run: &Run, lanes: &[DrawnLane]) -> Vec<Entry> {
    let polls: usize = run.calls().iter().map(|call| call.polls.len()).sum();
    let ticks: usize = lanes.iter().map(|lane| lane.ticks.len()).sum();
    let entry = |width, svg, meaning: &str| Entry {
        mark: Some(Mark { width, svg }),
        meaning: meaning.to_owned(),
    };
    let note = |meaning| Entry { mark: None, meaning };
    let bar = html! { rect class="returned" x="1" y="4" width="24" height="10" {} };
    let mut entries = match (run.clock(), polls) {
        (Clock::Virtual, 0) => vec![entry(26, bar, "under way")],
        (Clock::Virtual, _) => {
            let tick = html! { line class="poll" x1="3" x2="3" y1="1" y2="17" {} };
            vec![entry(6, tick, "polled: the call works"), entry(26, bar, "it waits")]
        }
        (Clock::Wall, _) => vec![entry(
            26,
            html! { g class="wall" { (bar) } },
            "in progress (the wall clock cannot tell waiting from working)",
        )],
    };
    if run.calls().iter().any(|call| call.completion_rank.is_some()) {
        let ring = html! {
            rect class="mark" x="1" y="1" width="16" height="16" rx="8" {}
            text class="place" x="9" y="13" text-anchor="middle" { "1" }
        };
        entries.push(entry(18, ring, "first to complete"));
    }
    if ticks < polls {
        entries.push(note(format!(
            "{} polls are drawn as {} ticks: those too close together share one",
            grouped(polls),
            grouped(ticks)
        )));
    }
    if lanes.len() > MAX_LANES {
        entries.push(note(format!(
            "the first {MAX_LANES} of {} calls are drawn; the table has all",
            grouped(lanes.len())
        )));
    } else if lanes.len() > COMPACT_ABOVE {
        entries.push(note("the calls in the order of the table".to_owned()));
    }
    entries.extend(run.notes().iter().map(|text| note(one_line(text))));
    entries
}

/// The key as a paragraph.
pub(crate) fn key(run: &Run, lanes: &[DrawnLane]) -> Markup {
    html! {
        p class="key" {
            @for (position, Entry { mark, meaning }) in entries(run, lanes).iter().enumerate() {
                @if position > 0 { " " }
                span {
                    @if let Some(Mark { width, svg }) = mark {
                        svg aria-hidden="true" width=(width) height="18" { (svg) }
                        "\u{a0}"
                    }
                    (meaning)
                }
            }
        }
    }
}
