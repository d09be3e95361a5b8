//! Where calls are drawn.

use std::{collections::BTreeMap, time::Duration};

use timeline::{Call, Run};

/// How many ticks a figure has about at most, and how many fit next to each other in a lane.
const MAX_TICKS: usize = 1_000;
pub(crate) const MAX_TICKS_IN_A_LANE: usize = 200;

/// A call where it is drawn: each below the one that made it.
pub(crate) struct Lane<'a> {
    pub(crate) call: &'a Call,
    /// How many calls it is inside of.
    pub(crate) depth: usize,
    /// The lane of the call that made it.
    pub(crate) parent: Option<usize>,
    /// The polls that are drawn: all, or if there are too many those that can be told apart.
    pub(crate) ticks: Vec<Duration>,
}

/// The calls as a tree, from top to bottom.
pub(crate) fn lanes(run: &Run) -> Vec<Lane<'_>> {
    let calls = run.calls();
    let mut children: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for (position, call) in calls.iter().enumerate() {
        children.entry(call.parent).or_default().push(position);
    }
    let span = span(run);
    let max_ticks = (MAX_TICKS / calls.len().max(1)).clamp(2, MAX_TICKS_IN_A_LANE);
    let mut lanes: Vec<Lane> = Vec::with_capacity(calls.len());
    // What is still to be drawn, the next one last.
    let mut rest: Vec<(usize, usize, Option<usize>)> = Vec::new();
    let mut push_children = |call: Option<usize>, depth, lane, rest: &mut Vec<_>| {
        let children = children.remove(&call).unwrap_or_default();
        rest.extend(children.into_iter().rev().map(|child| (child, depth, lane)));
    };
    push_children(None, 0, None, &mut rest);
    while let Some((position, depth, parent)) = rest.pop() {
        let call = &calls[position];
        push_children(Some(position), depth + 1, Some(lanes.len()), &mut rest);
        lanes.push(Lane { call, depth, parent, ticks: ticks(&call.polls, span, max_ticks) });
    }
    lanes
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
