//! A run in words: the text alternative of its drawing.

use std::time::Duration;

use timeline::{Outcome, Run};

use crate::{
    Alternative,
    format::{grouped, label, ordinal_word, time_text},
    layout::{lanes, span},
};

/// How many starts and ends a reader is asked to listen to.
const MAX_STORY_EVENTS: usize = 24;

/// What happened, in the order in which it happened: `At 0 s: call 1 starts. At 5 s: …`.
pub fn story(run: &Run) -> String {
    let lanes = lanes(run);
    let mut events: Vec<(Duration, usize, String)> = Vec::new();
    for (position, lane) in lanes.iter().enumerate() {
        let call = lane.call;
        let made_by = match lane.parent {
            Some(parent) => format!(", made by {}", label(lanes[parent].call)),
            None => String::new(),
        };
        events.push((call.start, position, format!("{} starts{made_by}", label(call))));
        let polls = match call.polls.len() {
            0 => String::new(),
            1 => ", polled once".to_owned(),
            2 => ", polled twice".to_owned(),
            many => format!(", polled {} times", grouped(many)),
        };
        let completed = match call.completion_rank {
            Some(rank) => format!(", {} to complete", ordinal_word(rank)),
            None => String::new(),
        };
        let ends = match call.outcome {
            Outcome::Returned => "returns",
            Outcome::Failed => "fails",
            Outcome::Dropped => "is dropped",
            Outcome::Panicked => "panics",
            Outcome::Running => "is still running",
        };
        events.push((
            call.end.unwrap_or(span(run)),
            lanes.len() + position,
            format!("{} {ends}{completed}{polls}", label(call)),
        ));
    }
    events.sort_by_key(|(at, order, _)| (*at, *order));
    let left_out = events.len().saturating_sub(MAX_STORY_EVENTS);
    events.truncate(MAX_STORY_EVENTS);
    let mut sentences: Vec<String> = Vec::new();
    let mut last = None;
    for (at, _, what) in events {
        match sentences.last_mut() {
            Some(sentence) if last == Some(at) => *sentence += &format!("; {what}"),
            _ => sentences.push(format!("At {}: {what}", time_text(at))),
        }
        last = Some(at);
    }
    if left_out > 0 {
        sentences.push(format!("{} more starts and ends are in the table", grouped(left_out)));
    }
    let total = time_text(run.total());
    sentences.push(match Alternative::of(run) {
        Some(other) => {
            format!("Total: {total}; {} it would be {}.", other.name(), time_text(other.total()))
        }
        None => format!("Total: {total}."),
    });
    sentences.join(". ")
}
