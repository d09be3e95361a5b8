//! The axis of time.

use std::time::Duration;

use maud::{Markup, html};
use timeline::layout::round_ticks;

use crate::format::{percent, times_text};

/// How many steps the axis has at most.
const MAX_STEPS: u32 = 8;

/// Lines from the top to `bottom` (in pixels) at round times, and the times below them.
pub(crate) fn axis(span: Duration, bottom: usize) -> Markup {
    html! {
        g aria-hidden="true" {
            @for (position, mark) in round_ticks(span, MAX_STEPS).into_iter().enumerate() {
                @let x = percent(mark, span);
                line class="grid" x1=(x) x2=(x) y1="0" y2=(bottom) {}
                // Every second time is left out on a phone.
                text class=(if position % 2 == 1 { "axis odd" } else { "axis" })
                    x=(x)
                    y=(bottom + 16)
                    text-anchor=(if position == 0 { "start" } else { "middle" }) {
                    (times_text(&[mark], span))
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marks_have_one_unit() {
        let axis = axis(timeline::seconds(2), 100).into_string();
        for mark in ["0\u{a0}s", "0.5\u{a0}s", "1\u{a0}s", "2\u{a0}s"] {
            assert!(axis.contains(&format!(">{mark}</text>")), "{mark} is not in {axis}");
        }
    }
}
