//! The axis of time.

use std::time::Duration;

use maud::{Markup, html};

use crate::format::{percent, times_text};

/// How many steps the axis has at most.
const MAX_STEPS: u32 = 8;

/// Lines from the top to `bottom` (in pixels) at round times, and the times below them.
pub(crate) fn axis(span: Duration, bottom: usize) -> Markup {
    html! {
        g aria-hidden="true" {
            @for (position, mark) in marks(span).into_iter().enumerate() {
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

/// Round times from zero to at most `span`.
fn marks(span: Duration) -> Vec<Duration> {
    let steps = (0..13)
        .flat_map(|power| [1, 2, 5].map(|step| Duration::from_nanos(step * 10u64.pow(power))));
    let step = steps.into_iter().find(|&step| step * MAX_STEPS >= span).unwrap_or(span);
    (0..=MAX_STEPS).map(|i| step.saturating_mul(i)).take_while(|&mark| mark <= span).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marks_are_round() {
        let marks =
            |s| marks(timeline::seconds(s)).iter().map(Duration::as_secs).collect::<Vec<_>>();
        assert_eq!(marks(8), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(marks(15), [0, 2, 4, 6, 8, 10, 12, 14]);
        assert_eq!(marks(100), [0, 20, 40, 60, 80, 100]);
    }

    #[test]
    fn the_marks_have_one_unit() {
        let axis = axis(timeline::seconds(2), 100).into_string();
        for mark in ["0\u{a0}s", "0.5\u{a0}s", "1\u{a0}s", "2\u{a0}s"] {
            assert!(axis.contains(&format!(">{mark}</text>")), "{mark} is not in {axis}");
        }
    }
}
