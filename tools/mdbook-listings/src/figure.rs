//! A recorded run as a figure and as a table.

use std::{fmt::Write as _, time::Duration};

use timeline::{Call, Outcome, Run};

use crate::page::{escape, time_text};

/// Height of a lane and of the line of text in it, in pixels.
const LANE: usize = 38;
const TEXT: usize = 14;
const BAR: usize = 12;
/// Room for the axis below the lanes.
const AXIS: usize = 30;

/// What a table or a figure shows beside start, end and order.
#[derive(Clone, Copy, Default)]
pub(crate) struct Details {
    /// When each call was polled.
    pub(crate) polls: bool,
}

/// The run as an SVG: a lane a call, on one axis of time.
///
/// Horizontal positions are percentages and text is never scaled, so the figure fits a phone and
/// a wide screen alike. It is one line of HTML: a blank line or an indented one inside would make
/// Markdown of the rest. A run that takes no time has no figure; its table says it all.
pub(crate) fn figure(run: &Run, details: Details) -> String {
    let span = span(run);
    if span.is_zero() || run.calls().is_empty() {
        return String::new();
    }
    let x = |at: Duration| format!("{:.2}%", 0.5 + 99.0 * at.div_duration_f64(span));
    let width = |from: Duration, to: Duration| {
        format!("{:.2}%", 99.0 * to.saturating_sub(from).div_duration_f64(span))
    };
    let lanes = run.calls().len() * LANE;
    let height = lanes + AXIS;
    let mut svg = format!(
        "<svg role=\"img\" width=\"100%\" height=\"{height}\" aria-label=\"{}\">",
        escape(&story(run))
    );
    let mut draw = |element: std::fmt::Arguments| {
        svg.write_fmt(element).expect("a String takes any text");
    };
    for mark in axis(span) {
        draw(format_args!(
            "<line class=\"grid\" x1=\"{0}\" x2=\"{0}\" y1=\"0\" y2=\"{lanes}\"/>",
            x(mark)
        ));
        let anchor = match mark {
            mark if mark.is_zero() => "start",
            mark if mark > span.mul_f64(0.95) => "end",
            _ => "middle",
        };
        draw(format_args!(
            "<text class=\"axis\" x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>",
            x(mark),
            lanes + AXIS - 10,
            time_text(mark)
        ));
    }
    for (position, call) in run.calls().iter().enumerate() {
        let top = position * LANE;
        let (text, bar) = (top + TEXT, top + TEXT + 6);
        let end = call.end.unwrap_or(run.total());
        let (anchor, at) = match call.start < span / 2 {
            true => ("start", call.start),
            false => ("end", end),
        };
        draw(format_args!(
            "<text x=\"{}\" y=\"{text}\" text-anchor=\"{anchor}\">{}</text>",
            x(at),
            escape(&in_short(call))
        ));
        draw(format_args!(
            "<rect class=\"{}\" x=\"{}\" y=\"{bar}\" width=\"{}\" height=\"{BAR}\"/>",
            call.outcome,
            x(call.start),
            width(call.start, end)
        ));
        if details.polls {
            for &poll in &call.polls {
                draw(format_args!(
                    "<line class=\"poll\" x1=\"{0}\" x2=\"{0}\" y1=\"{1}\" y2=\"{2}\"/>",
                    x(poll),
                    bar - 3,
                    bar + BAR + 3
                ));
            }
        }
    }
    draw(format_args!("</svg>"));
    svg
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
        columns.push(("is polled", |call| {
            let polls: Vec<String> = call.polls.iter().map(|&poll| time_text(poll)).collect();
            polls.join(", ")
        }));
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
            columns.push(("by being", |call| call.outcome.to_string()));
        }
    }
    columns.push(("completes", |call| call.order.map_or_else(|| "–".to_owned(), ordinal)));
    let mut html = "<div class=\"table-wrapper\"><table><thead><tr><th>call</th>".to_owned();
    for (heading, _) in &columns {
        html += &format!("<th>{heading}</th>");
    }
    html += "</tr></thead><tbody>";
    for call in run.calls() {
        let depth = std::iter::successors(call.parent, |&i| run.calls()[i].parent).count();
        let indent = "\u{2003}".repeat(depth);
        html += &format!("<tr><th scope=\"row\">{indent}{}</th>", escape(&call.label()));
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

/// What happened, in the order in which it happened: the text alternative of the figure.
pub(crate) fn story(run: &Run) -> String {
    let mut events: Vec<(Duration, usize, String)> = Vec::new();
    for (position, call) in run.calls().iter().enumerate() {
        events.push((call.start, position, format!("{} starts", call.label())));
        if let Some(end) = call.end {
            let completed = match call.order {
                Some(order) => format!(", {} to complete", ordinal(order)),
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
                end,
                run.calls().len() + position,
                format!("{} {what}{completed}", call.label()),
            ));
        }
    }
    events.sort_by_key(|(at, order, _)| (*at, *order));
    let mut sentences: Vec<String> = Vec::new();
    let mut last = None;
    for (at, _, what) in events {
        match sentences.last_mut() {
            Some(sentence) if last == Some(at) => *sentence += &format!("; {what}"),
            _ => sentences.push(format!("At {}: {what}", time_text(at))),
        }
        last = Some(at);
    }
    sentences.push(format!("Total: {}.", time_text(run.total())));
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

/// A call in one line: `call 1 · 0 → 5 s · 2nd`.
fn in_short(call: &Call) -> String {
    let start = match call.start.is_zero() {
        true => "0".to_owned(),
        false => time_text(call.start),
    };
    let end = call.end.map_or_else(|| "…".to_owned(), time_text);
    let how = match (call.outcome, call.order) {
        (Outcome::Returned, Some(order)) => ordinal(order),
        (Outcome::Failed, Some(order)) => format!("failed, {}", ordinal(order)),
        (outcome, _) => outcome.to_string(),
    };
    format!("{} · {start} → {end} · {how}", call.label())
}

/// How much time the figure spans.
fn span(run: &Run) -> Duration {
    run.calls().iter().filter_map(|call| call.end).fold(run.total(), Duration::max)
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
        Run::parse("x", Path::new("x"), JOINED).unwrap()
    }

    #[test]
    fn the_story_is_told_in_the_order_of_time() {
        let story = story(&run()).replace('\u{a0}', " ");
        assert_eq!(
            story,
            "At 0 s: call 1 starts; <script>alert(']]>')</script> starts. \
             At 5 s: call 1 returns, 1st to complete. \
             At 8 s: <script>alert(']]>')</script> is dropped. Total: 8 s."
        );
    }

    #[test]
    fn hostile_labels_are_escaped() {
        let details = Details { polls: true };
        for html in [figure(&run(), details), table(&run(), details)] {
            assert!(!html.contains("<script>"), "{html}");
            assert!(!html.contains('\n'), "{html}");
        }
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
        let run = Run::parse("x", Path::new("x"), text).unwrap();
        assert_eq!(figure(&run, Details::default()), "");
        assert!(table(&run, Details::default()).contains("0\u{a0}s"));
    }
}
