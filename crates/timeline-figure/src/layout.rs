//! How much of a run is drawn.

use std::time::Duration;

use timeline::{
    Run,
    layout::{self, Lane},
};

/// How many ticks a figure has about at most, and how many fit next to each other in a lane.
const MAX_TICKS: usize = 1_000;
const MAX_TICKS_IN_A_LANE: usize = 200;

/// A call where it is drawn.
pub(crate) struct DrawnLane<'a> {
    pub(crate) lane: Lane<'a>,
    /// The polls that are drawn: all, or if there are too many those that a reader can distinguish.
    pub(crate) ticks: Vec<Duration>,
}

/// The calls from top to bottom.
pub(crate) fn lanes(run: &Run) -> Vec<DrawnLane<'_>> {
    let span = span(run);
    let max_ticks = (MAX_TICKS / run.calls().len().max(1)).clamp(2, MAX_TICKS_IN_A_LANE);
    let lanes = layout::lanes(run.calls()).into_iter();
    lanes.map(|lane| DrawnLane { ticks: ticks(&lane.call.polls, span, max_ticks), lane }).collect()
}

/// The time at which the last thing in the run happens.
pub(crate) fn span(run: &Run) -> Duration {
    run.calls().iter().filter_map(|call| call.end).fold(run.total(), Duration::max)
}

/// All polls; or, of those that are closer to each other than a tick can show, the first, and the
/// last of all.
fn ticks(polls: &[Duration], span: Duration, max_ticks: usize) -> Vec<Duration> {
    if polls.len() <= max_ticks || span.is_zero() {
        return polls[..polls.len().min(max_ticks)].to_vec();
    }
    let place = |at: Duration| (at.div_duration_f64(span) * (max_ticks - 1) as f64) as usize;
    let mut ticks = polls.to_vec();
    ticks.dedup_by_key(|at| place(*at));
    if let (Some(drawn), Some(&last)) = (ticks.last_mut(), polls.last()) {
        *drawn = last;
    }
    ticks
}
