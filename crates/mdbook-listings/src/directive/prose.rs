//! Figures as a sentence has them.

use std::time::Duration;

use maud::{Markup, html};
use timeline_figure::time_text;

/// A duration as an element that programs can read, too.
pub(super) fn time_element(duration: Duration) -> Markup {
    html! { time datetime={ "PT" (duration.as_secs_f64()) "S" } { (time_text(duration)) } }
}

/// `3, 1, 2`
pub(super) fn numbers(numbers: &[u32]) -> String {
    numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
}
