//! A recorded run as a figure, as a table and as data for scripts.

use std::{collections::BTreeMap, fmt::Write as _, time::Duration};

use serde_json::json;
use timeline::{Call, Clock, Outcome, Run};

use crate::{
    page::{escape, time_text, times_text},
    predict::delay,
};

/// Height of a lane, of the line of text above its bar, and of the bar, in pixels.
const LANE: usize = 40;
const TEXT: usize = 14;
const BAR: usize = 12;
/// The same where there are more than [`MANY`] calls: a lane without text.
const MANY: usize = 40;
const NARROW_LANE: usize = 14;
const NARROW_BAR: usize = 8;
/// Room for a bracket below the lanes, and for the axis.
const BRACKET: usize = 30;
const AXIS: usize = 28;
/// How many lanes a figure has at most, and how many ticks.
const LANES: usize = 400;
const TICKS: usize = 1_000;
/// How many ticks fit beside each other in a lane.
const TICKS_IN_A_LANE: usize = 200;
/// How many letters fit beside each other on a phone, at the size that the style sheet gives them.
const LETTERS: usize = 44;
/// How many sentences of the text alternative a reader is asked to listen to.
const SENTENCES: usize = 24;
/// How many letters the player reads out of what a call is called.
const WORDS: usize = 40;

/// What a table or a figure shows beside start, end and order.
#[derive(Clone, Copy, Default)]
pub(crate) struct Details {
    /// When each call was polled.
    pub(crate) polls: bool,
}

/// A call where it is drawn: each below the one that made it.
struct Lane<'a> {
    call: &'a Call,
    /// How many calls it is inside of.
    depth: usize,
    /// The lane of the call that made it.
    parent: Option<usize>,
    /// The polls that are drawn; see [`ticks`].
    ticks: Vec<Duration>,
}

/// The calls as a tree, from top to bottom.
fn lanes(run: &Run) -> Vec<Lane<'_>> {
    let calls = run.calls();
    let mut children: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for (position, call) in calls.iter().enumerate() {
        children.entry(call.parent).or_default().push(position);
    }
    let span = span(run);
    let most = (TICKS / calls.len().max(1)).clamp(2, TICKS_IN_A_LANE);
    let mut lanes: Vec<Lane> = Vec::with_capacity(calls.len());
    // What is still to be drawn, the next one last.
    let mut rest: Vec<(usize, usize, Option<usize>)> = Vec::new();
    let mut below = |call: Option<usize>, depth, lane, rest: &mut Vec<_>| {
        let children = children.remove(&call).unwrap_or_default();
        rest.extend(children.into_iter().rev().map(|child| (child, depth, lane)));
    };
    below(None, 0, None, &mut rest);
    while let Some((position, depth, parent)) = rest.pop() {
        let call = &calls[position];
        below(Some(position), depth + 1, Some(lanes.len()), &mut rest);
        lanes.push(Lane { call, depth, parent, ticks: ticks(&call.polls, span, most) });
    }
    lanes
}

/// The polls that are drawn: all of them, or of those that are closer to each other than a tick
/// can show the first, and the last of all.
fn ticks(polls: &[Duration], span: Duration, most: usize) -> Vec<Duration> {
    if polls.len() <= most || span.is_zero() {
        return polls[..polls.len().min(most)].to_vec();
    }
    let place = |at: Duration| (at.div_duration_f64(span) * (most - 1) as f64) as usize;
    let mut ticks = polls.to_vec();
    ticks.dedup_by_key(|at| place(*at));
    if let (Some(drawn), Some(&last)) = (ticks.last_mut(), polls.last()) {
        *drawn = last;
    }
    ticks
}

/// What the same calls would have taken if they had been made the other way.
#[derive(Debug, PartialEq)]
enum Rival {
    /// One after the other: the sum of the calls.
    InSeries(Duration),
    /// All at once: the longest of the calls.
    AtOnce(Duration),
}

/// The rival of a run, if it has one: if there are several calls at the top, all of one function,
/// each of which took its `delay` and no longer, and they alone made the total. A call that waits for
/// another (for its turn, or for room) would not be as long if the calls were made the other way.
fn rival(run: &Run) -> Option<Rival> {
    let mut sum = Duration::ZERO;
    let mut longest = Duration::ZERO;
    let top: Vec<&Call> = run.calls().iter().filter(|call| call.parent.is_none()).collect();
    for call in &top {
        let end = call.end.filter(|_| call.outcome.is_completed())?;
        let duration = end.saturating_sub(call.start);
        if call.name != top[0].name || delay(call) != Some(duration) {
            return None;
        }
        sum = sum.saturating_add(duration);
        longest = longest.max(duration);
    }
    let total = run.total();
    match sum {
        _ if longest == sum => None,
        _ if total == sum => Some(Rival::AtOnce(longest)),
        _ if total >= longest && total < sum => Some(Rival::InSeries(sum)),
        _ => None,
    }
}

/// The run as an SVG: a lane a call, on one axis of time, and below it the total and its rival.
///
/// Horizontal positions are percentages and text is never scaled, so the figure fits a phone and
/// a wide screen alike. It is one line of HTML: a blank line or an indented one inside would make
/// Markdown of the rest. A run that takes no time has no figure; its table says it all.
pub(crate) fn figure(run: &Run) -> String {
    let end_of_run = span(run);
    if end_of_run.is_zero() || run.calls().is_empty() {
        return String::new();
    }
    let rival = rival(run);
    // A rival that takes far longer would leave no room for the run; its bracket is cut off.
    let span = match rival {
        Some(Rival::InSeries(sum)) if sum <= end_of_run.saturating_mul(3) => end_of_run.max(sum),
        _ => end_of_run,
    };
    let x = |at: Duration| percent(at, span);
    let lanes = lanes(run);
    let drawn = &lanes[..lanes.len().min(LANES)];
    let (lane_height, text_height, bar_height) = match lanes.len() > MANY {
        true => (NARROW_LANE, 3, NARROW_BAR),
        false => (LANE, TEXT + 6, BAR),
    };
    let below_lanes = drawn.len() * lane_height;
    let brackets = if rival.is_some() { 2 * BRACKET } else { BRACKET };
    let bottom = below_lanes + brackets;
    let mut svg = format!(
        "<svg class=\"{}\" data-span=\"{}\" role=\"img\" width=\"100%\" height=\"{}\" aria-label=\"{}\">",
        run.clock(),
        milliseconds(span),
        bottom + AXIS,
        escape(&story(run))
    );
    let mut draw = |element: std::fmt::Arguments| {
        svg.write_fmt(element).expect("a String takes any text");
    };
    // What belongs together is in a group. It is not read: the whole has a text.
    let group = "<g aria-hidden=\"true\">";
    draw(format_args!("{group}"));
    for (position, mark) in axis(span).into_iter().enumerate() {
        draw(format_args!(
            "<line class=\"grid\" x1=\"{0}\" x2=\"{0}\" y1=\"0\" y2=\"{bottom}\"/>",
            x(mark)
        ));
        draw(format_args!(
            "<text class=\"axis{}\" x=\"{}\" y=\"{}\" text-anchor=\"{}\">{}</text>",
            if position % 2 == 1 { " odd" } else { "" },
            x(mark),
            bottom + 16,
            if position == 0 { "start" } else { "middle" },
            times_text(&[mark], span)
        ));
    }
    draw(format_args!("</g>"));
    for (position, lane) in drawn.iter().enumerate() {
        // A call encloses those that it made.
        let depth = |lane: &Lane| lane.depth;
        let inside = drawn[position + 1..].iter().take_while(|below| depth(below) > lane.depth);
        let inside = inside.count();
        if inside > 0 {
            let end = lane.call.end.unwrap_or(end_of_run);
            let bar = position * lane_height + text_height;
            draw(format_args!(
                "<rect class=\"inside\" x=\"{}\" y=\"{bar}\" width=\"{}\" height=\"{}\"/>",
                x(lane.call.start),
                percent(end.saturating_sub(lane.call.start), span),
                (inside + 1) * lane_height - text_height
            ));
        }
    }
    for (position, lane) in drawn.iter().enumerate() {
        let call = lane.call;
        let top = position * lane_height;
        let bar = top + text_height;
        let end = call.end.unwrap_or(end_of_run);
        draw(format_args!("{group}"));
        if lanes.len() <= MANY {
            let indent = 2 * lane.depth.min(6);
            let text = in_short(call, LETTERS - indent);
            let letters = text.chars().map(columns).sum::<usize>() + indent;
            let letters_from =
                |at: Duration| (LETTERS as f64 * (1.0 - at.div_duration_f64(span))) as usize;
            // Where it fits on a phone, too: from the start of the bar on, up to its end, or else
            // from the left.
            let (anchor, at) = if letters <= letters_from(call.start) {
                ("start", call.start)
            } else if letters + letters_from(end) <= LETTERS {
                ("end", end)
            } else {
                ("start", Duration::ZERO)
            };
            let made_by = if lane.depth > 0 { "↳\u{a0}" } else { "" };
            let shift = match anchor {
                "start" if indent > 2 => format!(" dx=\"{}\"", (indent - 2) * 6),
                _ => String::new(),
            };
            draw(format_args!(
                "<text x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\"{shift}>{made_by}{}</text>",
                x(at),
                top + TEXT,
                escape(&text)
            ));
        }
        draw(format_args!(
            "<rect class=\"{}\" x=\"{}\" y=\"{bar}\" width=\"{}\" height=\"{bar_height}\"/>",
            call.outcome,
            x(call.start),
            percent(end.saturating_sub(call.start), span)
        ));
        let beyond = if lanes.len() > MANY { 1 } else { 3 };
        for &tick in &lane.ticks {
            draw(format_args!(
                "<line class=\"poll\" x1=\"{0}\" x2=\"{0}\" y1=\"{1}\" y2=\"{2}\"/>",
                x(tick),
                bar - beyond,
                bar + bar_height + beyond
            ));
        }
        draw(format_args!(
            "<svg class=\"end\" x=\"{}\" y=\"{}\" overflow=\"visible\">{}</svg></g>",
            x(end),
            bar + bar_height / 2,
            end_mark(call, lanes.len() > MANY)
        ));
    }
    let mut bracket = |position: usize, class: &str, to: Duration, text: String| {
        let line = below_lanes + position * BRACKET + 22;
        draw(format_args!(
            "{group}<text class=\"{class}\" x=\"0\" y=\"{}\">{text}</text><line class=\"{class}\" x1=\"0\" \
             x2=\"{}\" y1=\"{line}\" y2=\"{line}\"/>",
            line - 7,
            x(to.min(span))
        ));
        let ends = if to > span { vec![Duration::ZERO] } else { vec![Duration::ZERO, to] };
        for end in ends {
            draw(format_args!(
                "<line class=\"{class} cap\" x1=\"{0}\" x2=\"{0}\" y1=\"{1}\" y2=\"{2}\"/>",
                x(end),
                line - 5,
                line + 5
            ));
        }
        if to > span {
            draw(format_args!(
                "<svg class=\"end\" x=\"100%\" y=\"{line}\" overflow=\"visible\"><path d=\"M4-5l6 \
                 5-6 5\"/></svg>"
            ));
        }
        draw(format_args!("</g>"));
    };
    bracket(0, "total", run.total(), format!("total: {}", time_text(run.total())));
    match rival {
        Some(Rival::InSeries(sum)) => {
            bracket(1, "rival", sum, format!("in series: {}, the sum", time_text(sum)));
        }
        Some(Rival::AtOnce(longest)) => {
            bracket(
                1,
                "rival",
                longest,
                format!("all at once: {}, the longest", time_text(longest)),
            );
        }
        None => {}
    }
    draw(format_args!("</svg>"));
    // The player's room; a script fills it.
    svg + &key(run, &lanes) + "<div class=\"player\"></div>"
}

/// How a call ended, as a shape at the end of its bar: a ring with its place, a filled box with its
/// place if it failed, a cross if it was dropped, a burst if it panicked, an arrow if it runs on.
fn end_mark(call: &Call, small: bool) -> String {
    let shape = |class: &str, path: &str| format!("<path class=\"{class}\" d=\"{path}\"/>");
    match (call.outcome, call.completion_rank) {
        (Outcome::Returned, Some(place)) if small => {
            format!("<text class=\"place\" x=\"4\" y=\"4\">{place}</text>")
        }
        (Outcome::Returned | Outcome::Failed, place) => {
            let failed = call.outcome == Outcome::Failed;
            let place = place.map_or_else(String::new, |place| place.to_string());
            let text = if failed { format!("!{place}") } else { place };
            let width = 10 + 8 * text.len().max(1);
            let height = if small { 12 } else { 18 };
            format!(
                "<rect class=\"mark{}\" x=\"4\" y=\"-{}\" width=\"{width}\" height=\"{height}\" \
                 rx=\"{}\"/><text class=\"place{}\" x=\"{}\" y=\"4\" text-anchor=\"middle\">{text}</text>",
                if failed { " failed" } else { "" },
                height / 2,
                if failed { 0 } else { 9 },
                if failed { " failed" } else { "" },
                4 + width / 2
            )
        }
        (Outcome::Dropped, _) if small => shape("cross", "M4-4l8 8m0-8l-8 8"),
        (Outcome::Dropped, _) => shape("cross", "M5-7l14 14m0-14l-14 14"),
        (Outcome::Panicked, _) if small => shape("burst", "M8-5v10M3 0h10M5-3l6 6m0-6l-6 6"),
        (Outcome::Panicked, _) => shape("burst", "M14-10v20M4 0h20M7-7l14 14m0-14l-14 14"),
        (Outcome::Running, _) => shape("on", "M3 0h14m-5-5l5 5-5 5"),
    }
}

/// What the drawing means, in words.
fn key(run: &Run, lanes: &[Lane]) -> String {
    let polls: usize = run.calls().iter().map(|call| call.polls.len()).sum();
    let ticks: usize = lanes.iter().map(|lane| lane.ticks.len()).sum();
    let symbol = |width: usize, content: &str| {
        format!("<svg aria-hidden=\"true\" width=\"{width}\" height=\"18\">{content}</svg>\u{a0}")
    };
    let bar = "<rect class=\"returned\" x=\"1\" y=\"4\" width=\"24\" height=\"10\"/>";
    let mut entries: Vec<String> = match (run.clock(), polls) {
        (Clock::Virtual, 0) => vec![symbol(26, bar) + "under way"],
        (Clock::Virtual, _) => vec![
            symbol(6, "<line class=\"poll\" x1=\"3\" x2=\"3\" y1=\"1\" y2=\"17\"/>")
                + "polled: the call works",
            symbol(26, bar) + "it waits",
        ],
        (Clock::Wall, _) => {
            let bar = format!("<g class=\"wall\">{bar}</g>");
            vec![symbol(26, &bar) + "under way: this clock does not tell who waits from who works"]
        }
    };
    if run.calls().iter().any(|call| call.completion_rank.is_some()) {
        let ring = "<rect class=\"mark\" x=\"1\" y=\"1\" width=\"16\" height=\"16\" rx=\"8\"/><text \
                    class=\"place\" x=\"9\" y=\"13\" text-anchor=\"middle\">1</text>";
        entries.push(symbol(18, ring) + "first to complete");
    }
    if ticks < polls {
        entries.push(format!(
            "{} polls are drawn as {} ticks: those too close together share one",
            grouped(polls),
            grouped(ticks)
        ));
    }
    if lanes.len() > LANES {
        entries.push(format!(
            "the first {LANES} of {} calls are drawn; the table has all",
            grouped(lanes.len())
        ));
    } else if lanes.len() > MANY {
        entries.push("the calls in the order of the table".to_owned());
    }
    let entries: Vec<String> =
        entries.iter().map(|entry| format!("<span>{entry}</span>")).collect();
    format!("<p class=\"key\">{}</p>", entries.join(" "))
}

/// A time as a number of milliseconds: whole, if it is.
fn milliseconds(at: Duration) -> serde_json::Value {
    let milliseconds = at.as_nanos() as f64 / 1e6;
    match milliseconds.fract() == 0.0 && milliseconds < 1e15 {
        true => json!(milliseconds as u64),
        false => json!(milliseconds),
    }
}

/// The run as JSON for scripts, times in milliseconds. Of the polls it has those that are drawn;
/// `polled` says how many there were.
pub(crate) fn data(run: &Run) -> String {
    let calls: Vec<_> = lanes(run)
        .iter()
        .map(|Lane { call, parent, ticks, .. }| {
            json!({
                "label": shortened(&call.label(), WORDS),
                "call": call.id,
                "parent": parent,
                "start": milliseconds(call.start),
                "polls": ticks.iter().map(|&at| milliseconds(at)).collect::<Vec<_>>(),
                "polled": call.polls.len(),
                "end": call.end.map(milliseconds),
                "outcome": call.outcome.to_string(),
                "order": call.completion_rank,
            })
        })
        .collect();
    let clock = run.clock().to_string();
    json!({ "clock": clock, "total": milliseconds(run.total()), "calls": calls }).to_string()
}

/// The run as the rows of a table, on one line.
pub(crate) fn table(run: &Run, details: Details) -> String {
    let all_returned = run.calls().iter().all(|call| call.outcome == Outcome::Returned);
    let several_threads =
        run.calls().iter().filter_map(|call| call.thread).any(|thread| thread > 1);
    /// A column: its heading, and what it says of a call.
    type Column = (&'static str, fn(&Call) -> String);
    let mut columns: Vec<Column> = vec![("starts", |call| time_text(call.start))];
    if details.polls {
        columns.push(("is polled", |call| polled_at(&call.polls)));
    }
    if details.polls {
        columns.push(("in task", |call| {
            call.task.map_or_else(|| "main".to_owned(), |task| task.to_string())
        }));
    }
    if several_threads {
        columns
            .push(("on thread", |call| call.thread.map_or_else(String::new, |id| id.to_string())));
    }
    let end = |call: &Call| call.end.map_or_else(|| "–".to_owned(), time_text);
    match all_returned {
        true => columns.push(("returns", end)),
        false => {
            columns.push(("ends", end));
            columns.push(("outcome", |call| call.outcome.to_string()));
        }
    }
    columns
        .push(("completes", |call| call.completion_rank.map_or_else(|| "–".to_owned(), ordinal)));
    let mut html = "<div class=\"table-wrapper\"><table><thead><tr><th>call</th>".to_owned();
    for (heading, _) in &columns {
        html += &format!("<th>{heading}</th>");
    }
    html += "</tr></thead><tbody>";
    for Lane { call, depth, .. } in lanes(run) {
        let indent = "\u{2003}".repeat(depth);
        html += &format!("<tr><th scope=\"row\">{indent}{}</th>", escape(&label(call)));
        for (_, cell) in &columns {
            html += &format!("<td>{}</td>", escape(&cell(call)));
        }
        html += "</tr>";
    }
    html += &format!(
        "</tbody><tfoot><tr><th scope=\"row\">total</th><td colspan=\"{}\">{}</td></tr></tfoot></table></div>",
        columns.len(),
        time_text(run.total())
    );
    html
}

/// When a call was polled, without the middle where that is long.
fn polled_at(polls: &[Duration]) -> String {
    let list = |polls: &[Duration]| {
        polls.iter().map(|&poll| time_text(poll)).collect::<Vec<_>>().join(", ")
    };
    match polls.len() {
        few if few <= 24 => list(polls),
        many => format!(
            "{}, … {} more …, {}",
            list(&polls[..8]),
            grouped(many - 12),
            list(&polls[many - 4..])
        ),
    }
}

/// What happened, in the order in which it happened: the text alternative of the figure.
pub(crate) fn story(run: &Run) -> String {
    let lanes = lanes(run);
    let mut events: Vec<(Duration, usize, String)> = Vec::new();
    for (position, Lane { call, parent, .. }) in lanes.iter().enumerate() {
        let made_by = match parent {
            Some(parent) => format!(", made by {}", label(lanes[*parent].call)),
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
            Some(order) => format!(", {} to complete", in_words(order)),
            None => String::new(),
        };
        let what = match call.outcome {
            Outcome::Returned => "returns",
            Outcome::Failed => "fails",
            Outcome::Dropped => "is dropped",
            Outcome::Panicked => "panics",
            Outcome::Running => "is still running",
        };
        events.push((
            call.end.unwrap_or(span(run)),
            lanes.len() + position,
            format!("{} {what}{completed}{polls}", label(call)),
        ));
    }
    events.sort_by_key(|(at, order, _)| (*at, *order));
    let left_out = events.len().saturating_sub(SENTENCES);
    events.truncate(SENTENCES);
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
    sentences.push(match rival(run) {
        Some(Rival::InSeries(sum)) => {
            format!("Total: {}; in series it would be {}.", time_text(run.total()), time_text(sum))
        }
        Some(Rival::AtOnce(longest)) => format!(
            "Total: {}; all at once it would be {}.",
            time_text(run.total()),
            time_text(longest)
        ),
        None => format!("Total: {}.", time_text(run.total())),
    });
    sentences.join(". ")
}

/// `1st`, `2nd`, `3rd`, `4th`.
pub(crate) fn ordinal(n: u32) -> String {
    let suffix = match (n % 10, n % 100) {
        (1, rest) if rest != 11 => "st",
        (2, rest) if rest != 12 => "nd",
        (3, rest) if rest != 13 => "rd",
        _ => "th",
    };
    format!("{n}{suffix}")
}

/// `first`, `second`, and from the eleventh on `11th`.
fn in_words(n: u32) -> String {
    const WORDS: [&str; 10] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth",
    ];
    match (n as usize).checked_sub(1).and_then(|index| WORDS.get(index)) {
        Some(word) => (*word).to_owned(),
        None => ordinal(n),
    }
}

/// `10,000`.
fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut grouped = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// What the call is called, whatever it is called: not longer than a line, and unable to turn the
/// direction of the text around it.
fn label(call: &Call) -> String {
    shortened(&call.label(), 60)
}

/// A text of at most so many columns, isolated from the text around it if it may be written from
/// right to left.
fn shortened(text: &str, most: usize) -> String {
    // The characters that set a direction could end the isolation.
    let turns = |c: &char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let mut short = String::new();
    let mut width = 0;
    for c in text.chars().filter(|c| !turns(c)) {
        width += columns(c);
        if width > most {
            short.pop();
            short.push('…');
            break;
        }
        short.push(c);
    }
    match short.is_ascii() {
        true => short,
        false => format!("\u{2068}{short}\u{2069}"),
    }
}

/// How many columns a letter takes: 2 in the wide scripts of East Asia, and pictures.
fn columns(c: char) -> usize {
    match c {
        '\u{2066}'..='\u{2069}' => 0,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' => 2,
        '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{1f300}'..='\u{1faff}' => 2,
        '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}

/// A call in one line of at most so many columns: `call 1 · 0 → 5 s`, or `tick 2 · at 3 s` if it
/// took no time; how it ended, if it did not return.
fn in_short(call: &Call, most: usize) -> String {
    let start = match call.start.is_zero() {
        true => "0".to_owned(),
        false => time_text(call.start),
    };
    let how = match call.outcome {
        Outcome::Returned => String::new(),
        outcome => format!(" · {outcome}"),
    };
    let when = match call.end {
        Some(end) if end == call.start => format!(" · at {}{how}", time_text(end)),
        Some(end) => format!(" · {start} → {}{how}", time_text(end)),
        None => format!(" · {start} → …{how}"),
    };
    let rest = most.saturating_sub(when.chars().count()).max(8);
    shortened(&call.label(), rest) + &when
}

/// How much time the run spans.
fn span(run: &Run) -> Duration {
    run.calls().iter().filter_map(|call| call.end).fold(run.total(), Duration::max)
}

/// A part of a span, as a position or a width.
fn percent(part: Duration, span: Duration) -> String {
    let text = format!("{:.2}", 100.0 * part.div_duration_f64(span));
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}

/// The marks on the axis: at most eight, at round times, the first at zero.
fn axis(span: Duration) -> Vec<Duration> {
    const MOST: u32 = 8;
    let steps = (0..13)
        .flat_map(|power| [1, 2, 5].map(|step| Duration::from_nanos(step * 10u64.pow(power))));
    let step = steps.into_iter().find(|&step| step * MOST >= span).unwrap_or(span);
    (0..=MOST).map(|i| step.saturating_mul(i)).take_while(|&mark| mark <= span).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    const JOINED: &str = r#"
clock = "virtual"
total = "8s"

[[call]]
name = "random_add"
call = 1
start = "0s"
polls = ["0s", "2s", "5s"]
end = "5s"
outcome = "returned"
order = 1

[[call]]
name = "<script>alert(']]>')</script>"
start = "0s"
polls = ["0s"]
end = "8s"
outcome = "dropped"
"#;

    fn run() -> Run {
        Run::parse(Path::new("x"), JOINED).unwrap()
    }

    /// A run of calls, each given by name, parent, start, polls, end, outcome and order.
    fn made(clock: &str, total: &str, calls: &[&str]) -> Run {
        let calls: Vec<String> = calls.iter().map(|call| format!("[[call]]\n{call}\n")).collect();
        let text = format!("clock = \"{clock}\"\ntotal = \"{total}\"\n\n{}", calls.join("\n"));
        Run::parse(Path::new("x"), &text).unwrap()
    }

    /// A call that returned.
    fn returned(name: &str, start: &str, end: &str, order: u32) -> String {
        format!(
            "name = \"{name}\"\nstart = \"{start}\"\npolls = [\"{start}\"]\nend = \"{end}\"\noutcome = \
             \"returned\"\norder = {order}"
        )
    }

    #[test]
    fn the_story_is_told_in_the_order_of_time() {
        let story = story(&run()).replace('\u{a0}', " ");
        assert_eq!(
            story,
            "At 0 s: call 1 starts; <script>alert(']]>')</script> starts. \
             At 5 s: call 1 returns, first to complete, polled 3 times. \
             At 8 s: <script>alert(']]>')</script> is dropped, polled once. Total: 8 s."
        );
    }

    #[test]
    fn hostile_labels_are_escaped() {
        let data = escape(&data(&run()));
        for html in [figure(&run()), table(&run(), Details { polls: true }), data] {
            assert!(!html.contains("<script>"), "{html}");
            assert!(!html.contains('\n'), "{html}");
        }
    }

    #[test]
    fn labels_are_kept_short_and_cannot_turn_the_text_around_them() {
        let wide = "계".repeat(250);
        let turning = "\u{202e}abc\u{2069}\u{2069}";
        let calls = [returned(&wide, "0s", "5s", 1), returned(turning, "0s", "8s", 2)];
        let run = made("virtual", "8s", &[&calls[0], &calls[1]]);
        assert!(label(&run.calls()[0]).ends_with("…\u{2069}"));
        assert!(label(&run.calls()[0]).chars().map(columns).sum::<usize>() <= 60);
        assert!(in_short(&run.calls()[0], LETTERS).chars().map(columns).sum::<usize>() <= LETTERS);
        assert_eq!(label(&run.calls()[1]), "abc");
    }

    #[test]
    fn a_call_is_below_the_one_that_made_it() {
        let inner = returned("inner", "1s", "2s", 1) + "\nparent = 1";
        let calls = [&returned("outer", "0s", "8s", 3), &returned("other", "0s", "5s", 2), &inner];
        let run = made("virtual", "8s", &calls.map(String::as_str));
        let names: Vec<_> = lanes(&run).iter().map(|l| (l.call.label(), l.depth)).collect();
        assert_eq!(names, [("outer".into(), 0), ("inner".into(), 1), ("other".into(), 0)]);
        let figure = figure(&run);
        assert_eq!(figure.matches("class=\"inside\"").count(), 1, "{figure}");
        assert!(figure.contains(">↳\u{a0}inner"), "{figure}");
        assert!(figure.contains("inner starts, made by outer"), "{figure}");
        assert!(table(&run, Details::default()).contains(">\u{2003}inner</th>"));
        let data: serde_json::Value = serde_json::from_str(&data(&run)).unwrap();
        assert_eq!(data["calls"][1]["label"], "inner");
        assert_eq!(data["calls"][1]["parent"], 0);
        assert_eq!(data["calls"][2]["parent"], serde_json::Value::Null);
    }

    #[test]
    fn scripts_get_the_run_in_milliseconds() {
        let data: serde_json::Value = serde_json::from_str(&data(&run())).unwrap();
        assert_eq!(data["clock"], "virtual");
        assert_eq!(data["total"], 8000);
        assert_eq!(
            data["calls"][0],
            json!({ "label": "call 1", "call": 1, "parent": null, "start": 0, "polls": [0, 2000, 5000],
                "polled": 3, "end": 5000, "outcome": "returned", "order": 1 })
        );
        assert_eq!(data["calls"][1]["order"], serde_json::Value::Null);
        assert_eq!(milliseconds(Duration::from_micros(100)), json!(0.1));
    }

    #[test]
    fn the_rival_is_the_other_way_to_make_the_same_calls() {
        /// A call of a function, with its delay.
        type Made<'a> = (&'a str, &'a str, &'a str, &'a str);
        let rival_of = |total, calls: &[Made]| {
            let calls: Vec<String> = (1..)
                .zip(calls)
                .map(|(place, (name, delay, start, end))| {
                    let arguments = format!("\narguments = {{ delay = \"{delay}\" }}");
                    returned(name, start, end, place)
                        + if delay.is_empty() { "" } else { &arguments }
                })
                .collect();
            rival(&made("virtual", total, &calls.iter().map(String::as_str).collect::<Vec<_>>()))
        };
        let seconds = timeline::seconds;
        let joined = rival_of(
            "8s",
            &[("x", "2s", "0s", "2s"), ("x", "5s", "0s", "5s"), ("x", "8s", "0s", "8s")],
        );
        assert_eq!(joined, Some(Rival::InSeries(seconds(15))));
        let in_series = rival_of(
            "15s",
            &[("x", "5s", "0s", "5s"), ("x", "8s", "5s", "13s"), ("x", "2s", "13s", "15s")],
        );
        assert_eq!(in_series, Some(Rival::AtOnce(seconds(8))));
        assert_eq!(rival_of("5s", &[("x", "5s", "0s", "5s")]), None, "one call has no other way");
        assert_eq!(
            rival_of("20s", &[("x", "5s", "0s", "5s"), ("x", "5s", "5s", "10s")]),
            None,
            "something else took time"
        );
        assert_eq!(
            rival_of("13s", &[("x", "5s", "0s", "5s"), ("x", "8s", "0s", "13s")]),
            None,
            "the second waited for the first"
        );
        assert_eq!(
            rival_of("8s", &[("x", "5s", "0s", "5s"), ("y", "8s", "0s", "8s")]),
            None,
            "two functions may wait for each other"
        );
        assert_eq!(
            rival_of("8s", &[("x", "", "0s", "5s"), ("x", "", "0s", "8s")]),
            None,
            "how long they would take alone is not known"
        );
        assert_eq!(rival(&run()), None, "a dropped call has no length of its own");
    }

    #[test]
    fn what_takes_no_time_is_at_a_time() {
        let calls = [returned("tick", "3s", "3s", 1), returned("x", "3s", "4500ms", 2)];
        let run = made("virtual", "5s", &calls.each_ref().map(String::as_str));
        let in_short = |i: usize| in_short(&run.calls()[i], LETTERS).replace('\u{a0}', " ");
        assert_eq!(in_short(0), "tick · at 3 s");
        assert_eq!(in_short(1), "x · 3 s → 4.5 s");
    }

    #[test]
    fn the_axis_has_one_unit() {
        let calls = [returned("x", "0s", "2s", 1)];
        let figure = figure(&made("virtual", "2s", &calls.each_ref().map(String::as_str)));
        for mark in ["0\u{a0}s", "0.5\u{a0}s", "1\u{a0}s", "2\u{a0}s"] {
            assert!(figure.contains(&format!(">{mark}</text>")), "{mark} is not in {figure}");
        }
    }

    #[test]
    fn every_end_has_its_own_shape() {
        let ends = ["returned", "failed", "dropped", "panicked", "running"].map(|outcome| {
            let end = if outcome == "running" { "" } else { "end = \"8s\"\n" };
            let order = if ["returned", "failed"].contains(&outcome) { "order = 1\n" } else { "" };
            let call =
                format!("name = \"x\"\nstart = \"0s\"\n{end}outcome = \"{outcome}\"\n{order}");
            let run = made("virtual", "8s", &[&call]);
            [false, true].map(|small| end_mark(&run.calls()[0], small))
        });
        for (position, shapes) in ends.iter().enumerate() {
            for other in &ends[..position] {
                assert!(shapes[0] != other[0] && shapes[1] != other[1], "{shapes:?}, {other:?}");
            }
        }
        assert!(ends[0][0].contains(">1</text>") && ends[1][0].contains(">!1</text>"), "{ends:?}");
    }

    #[test]
    fn ten_thousand_polls_are_thinned_out_and_it_is_said() {
        let polls: Vec<String> = (0..10_000).map(|i| format!("\"{i}ms\"")).collect();
        let call = format!(
            "name = \"x\"\nstart = \"0s\"\npolls = [{}]\nend = \"10s\"\noutcome = \"returned\"\norder = 1",
            polls.join(", ")
        );
        let run = made("virtual", "10s", &[&call]);
        let ticks = &lanes(&run)[0].ticks;
        assert!((100..=TICKS_IN_A_LANE).contains(&ticks.len()), "{}", ticks.len());
        assert_eq!(
            (ticks.first(), ticks.last()),
            (run.calls()[0].polls.first(), run.calls()[0].polls.last())
        );
        let figure = figure(&run);
        assert!(figure.contains("10,000 polls are drawn as "), "{figure}");
        assert!(figure.contains("polled 10,000 times"), "{figure}");
        let table = table(&run, Details { polls: true });
        assert!(table.contains(", … 9,988 more …, "), "{table}");
        let size = figure.len() + table.len() + data(&run).len();
        assert!(size < 40_000, "{size} bytes");
    }

    #[test]
    fn a_thousand_calls_still_are_a_figure() {
        let calls: Vec<String> = (1..=1_000).map(|i| returned("x", "0s", "8s", i)).collect();
        let run = made("virtual", "8s", &calls.iter().map(String::as_str).collect::<Vec<_>>());
        let figure = figure(&run);
        assert!(figure.len() < 400_000, "{} bytes", figure.len());
        assert!(figure.contains("the first 400 of 1,000 calls are drawn; the table has all"));
        assert!(figure.contains("1,976 more starts and ends are in the table"), "{figure}");
    }

    #[test]
    fn the_wall_clock_does_not_tell_who_waits() {
        let call = returned("x", "0s", "5s", 1);
        let wall = figure(&made("wall", "5s", &[&call.replace("polls", "# polls")]));
        assert!(
            wall.starts_with("<svg class=\"wall\"") && wall.contains("does not tell who waits")
        );
        let waits = figure(&made("virtual", "5s", &[&call]));
        assert!(waits.starts_with("<svg class=\"virtual\"") && waits.contains("it waits"));
    }

    #[test]
    fn the_axis_is_round() {
        let marks =
            |s| axis(timeline::seconds(s)).iter().map(Duration::as_secs).collect::<Vec<_>>();
        assert_eq!(marks(8), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(marks(15), [0, 2, 4, 6, 8, 10, 12, 14]);
        assert_eq!(marks(100), [0, 20, 40, 60, 80, 100]);
    }

    #[test]
    fn what_takes_no_time_has_no_figure() {
        let text = "clock = \"virtual\"\ntotal = \"0s\"\n";
        let run = Run::parse(Path::new("x"), text).unwrap();
        assert_eq!(figure(&run), "");
        assert!(table(&run, Details::default()).contains("0\u{a0}s"));
    }
}
