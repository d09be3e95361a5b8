//! What every drawing of a run needs: the calls as a tree, the ticks of a time axis, ordinals.

use std::{borrow::Borrow, iter, time::Duration};

use crate::Call;

/// A call and its place in a drawing that has a line for each call.
#[derive(Clone, Copy, Debug)]
pub struct Lane<'a> {
    /// The call.
    pub call: &'a Call,
    /// Its position among the calls that were laid out, which is that of [`Run::calls`].
    ///
    /// [`Run::calls`]: crate::Run::calls
    pub position: usize,
    /// How many calls it is inside of.
    pub depth: usize,
    /// The lane of the call that made it, by its position among the lanes: always further up.
    pub parent: Option<usize>,
}

impl Lane<'_> {
    /// The deepest level that is indented further than the one above it: labels that moved on to
    /// the right with every level would leave the page, and make a text of quadratic length.
    pub const MAX_INDENT: usize = 16;

    /// By how many steps the label of the call is indented: its depth, up to
    /// [`MAX_INDENT`](Self::MAX_INDENT).
    pub fn indent(&self) -> usize {
        self.depth.min(Self::MAX_INDENT)
    }
}

/// A lane for each call, from top to bottom: each call is followed by those it made, and calls of
/// the same parent stay in their order. Takes time in proportion to the number of calls.
///
/// # Panics
///
/// If a parent is not the position of a call.
pub fn lanes<C: Borrow<Call>>(calls: &[C]) -> Vec<Lane<'_>> {
    let mut children = vec![Vec::new(); calls.len()];
    // What is still to be laid out, the next one last.
    let mut rest = Vec::new();
    for (position, call) in calls.iter().enumerate().rev() {
        match call.borrow().parent {
            Some(parent) => children[parent].push(position),
            None => rest.push((position, 0, None)),
        }
    }
    let mut lanes = Vec::with_capacity(calls.len());
    while let Some((position, depth, parent)) = rest.pop() {
        let lane = Some(lanes.len());
        rest.extend(children[position].iter().map(|&child| (child, depth + 1, lane)));
        lanes.push(Lane { call: calls[position].borrow(), position, depth, parent });
    }
    lanes
}

/// 1, 2, 5, 10, 20, 50, … times a unit, without end: the longest duration is repeated.
pub fn round_durations(unit: Duration) -> impl Iterator<Item = Duration> {
    iter::successors(Some(unit), |&power| Some(power.saturating_mul(10)))
        .flat_map(|power| [1, 2, 5].map(|factor| power.saturating_mul(factor)))
}

/// The ticks of a time axis of this length: zero and its multiples of the shortest round duration
/// that makes no more than `max` steps. The last tick is not after the end of the axis.
///
/// An axis of no length has one tick, at zero.
pub fn round_ticks(length: Duration, max: u32) -> Vec<Duration> {
    if length.is_zero() || max == 0 {
        return vec![Duration::ZERO];
    }
    let step = round_durations(Duration::from_nanos(1))
        .find(|&step| step.saturating_mul(max) >= length)
        .expect("the longest duration is among them");
    (0..=max).map(|i| step.saturating_mul(i)).take_while(|&tick| tick <= length).collect()
}

/// Text in one line and without effect on what stands next to it: control characters and those that
/// change the direction of writing are escaped as in Rust.
pub fn escaped(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        let changes_direction = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if c.is_control() || changes_direction || matches!(c, '\u{2028}' | '\u{2029}') {
            line.extend(c.escape_default());
        } else {
            line.push(c);
        }
    }
    line
}

/// `1st`, `2nd`, `3rd`, `4th`, … `11th`, … `21st`.
pub fn ordinal(n: u32) -> String {
    let suffix = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{suffix}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Outcome, seconds};

    fn call(id: u32, parent: Option<usize>) -> Call {
        Call {
            name: "wait".to_owned(),
            id: Some(id),
            arguments: Default::default(),
            parent,
            task: None,
            thread: None,
            start: Duration::ZERO,
            polls: Vec::new(),
            end: None,
            outcome: Outcome::Running,
            completion_rank: None,
            value: None,
        }
    }

    #[test]
    fn a_call_is_followed_by_those_it_made() {
        let parents = [None, None, Some(0), Some(1), Some(2), Some(0)];
        let calls: Vec<Call> = (0..).zip(parents).map(|(id, parent)| call(id, parent)).collect();
        let lanes: Vec<_> =
            lanes(&calls).iter().map(|lane| (lane.position, lane.depth, lane.parent)).collect();
        let expected =
            [(0, 0, None), (2, 1, Some(0)), (4, 2, Some(1)), (5, 1, Some(0)), (1, 0, None)];
        assert_eq!(lanes[..5], expected);
        assert_eq!(lanes[5], (3, 1, Some(4)));
    }

    #[test]
    fn the_indent_has_a_limit_and_the_depth_has_none() {
        let calls: Vec<Call> =
            (0..10_000).map(|id| call(id, (id as usize).checked_sub(1))).collect();
        let lanes = lanes(&calls);
        assert!(lanes.iter().enumerate().all(|(depth, lane)| lane.depth == depth));
        assert_eq!([0, 1, 16, 17, 9_999].map(|i| lanes[i].indent()), [0, 1, 16, 16, 16]);
    }

    #[test]
    fn ticks_are_at_round_times() {
        let ticks = |length| round_ticks(seconds(length), 8);
        assert_eq!(ticks(8), [0, 1, 2, 3, 4, 5, 6, 7, 8].map(seconds));
        assert_eq!(ticks(9), [0, 2, 4, 6, 8].map(seconds));
        assert_eq!(ticks(25), [0, 5, 10, 15, 20, 25].map(seconds));
        assert_eq!(round_ticks(Duration::ZERO, 8), [Duration::ZERO]);
        assert_eq!(round_ticks(seconds(5), 0), [Duration::ZERO]);
        assert_eq!(round_ticks(Duration::from_nanos(3), 1), [Duration::ZERO]);
        assert!(round_ticks(Duration::MAX, 8).len() > 2);
    }

    #[test]
    fn what_is_escaped_stays_in_its_line() {
        assert_eq!(escaped("two\nlines\t\u{1b}[31m"), "two\\nlines\\t\\u{1b}[31m");
        assert_eq!(escaped("a \\ and a \u{202e} and 가"), "a \\ and a \\u{202e} and 가");
    }

    #[test]
    fn ordinals_are_those_of_english() {
        let ordinals = [1, 2, 3, 4, 11, 12, 13, 21, 102, 111].map(ordinal);
        let expected =
            ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "102nd", "111th"];
        assert_eq!(ordinals, expected);
    }
}
