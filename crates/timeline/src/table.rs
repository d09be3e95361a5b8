//! A run as a table of text, alone or beside the run that it should have been.

use std::time::Duration;

use crate::{
    Run,
    layout::{escaped, lanes},
};

/// All that a recording has; a column in which nothing stands is left out.
const HEADINGS: [&str; 11] = [
    "call",
    "function",
    "parent",
    "arguments",
    "start",
    "polls",
    "end",
    "outcome",
    "order",
    "task",
    "thread",
];

/// The run as a table with a line for each call, the total below it, and the
/// [notes](Run::notes).
pub fn table(run: &Run) -> String {
    lay_out(run, &rows(run), None)
}

/// Both runs as tables, the cells that differ marked `»so«`.
pub(crate) fn difference(recorded: &Run, run: &Run) -> String {
    let (old, new) = (rows(recorded), rows(run));
    format!(
        "recorded:\n{}\nthis run:\n{}",
        lay_out(recorded, &old, Some((&new, run))),
        lay_out(run, &new, Some((&old, recorded)))
    )
}

type Row = [String; HEADINGS.len()];

fn time(at: Duration) -> String {
    humantime::format_duration(at).to_string()
}

fn rows(run: &Run) -> Vec<Row> {
    let mut indents = vec![0; run.calls().len()];
    for lane in lanes(run.calls()) {
        indents[lane.position] = lane.indent();
    }
    run.calls()
        .iter()
        .enumerate()
        .map(|(position, call)| {
            let arguments: Vec<String> =
                call.other_arguments().map(|(name, value)| format!("{name} {value}")).collect();
            let polls: Vec<String> = call.polls.iter().map(|&poll| time(poll)).collect();
            [
                format!("{}{}", "  ".repeat(indents[position]), escaped(&call.label())),
                call.id.map(|_| escaped(&call.name)).unwrap_or_default(),
                call.parent.map(|parent| (parent + 1).to_string()).unwrap_or_default(),
                escaped(&arguments.join(", ")),
                time(call.start),
                polls.join(" "),
                call.end.map(time).unwrap_or_default(),
                call.outcome.to_string(),
                call.completion_rank.map(|order| order.to_string()).unwrap_or_default(),
                call.task.map(|task| task.to_string()).unwrap_or_default(),
                call.thread.map(|thread| thread.to_string()).unwrap_or_default(),
            ]
        })
        .collect()
}

/// The length of a cell, in characters, above which only a part of it is shown: every cell of its
/// column is as wide as the longest one.
const MAX_CELL: usize = 120;

/// How many characters two texts have in common at their beginning.
fn common(one: &str, other: &str) -> usize {
    one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count()
}

/// A text that is not too long: of others a part, in which the character at `position` is.
fn excerpt(text: &str, position: usize) -> String {
    let length = text.chars().count();
    if length <= MAX_CELL {
        return text.to_owned();
    }
    let start = position.saturating_sub(MAX_CELL / 4).min(length - MAX_CELL);
    let part: String = text.chars().skip(start).take(MAX_CELL).collect();
    let before = if start > 0 { "… " } else { "" };
    let after = if start + MAX_CELL < length { " …" } else { "" };
    format!("{before}{part}{after}")
}

fn lay_out(run: &Run, rows: &[Row], other: Option<(&[Row], &Run)>) -> String {
    let mark = |text: &str, same: bool| match same {
        true => text.to_owned(),
        false if text.is_empty() => "»nothing«".to_owned(),
        false => format!("»{text}«"),
    };
    let mut lines = vec![HEADINGS.map(str::to_owned)];
    for (i, row) in rows.iter().enumerate() {
        let twin = other.map(|(rows, _)| rows.get(i));
        let mut cells = row.clone();
        for (column, cell) in cells.iter_mut().enumerate() {
            let same = match twin {
                None => true,
                Some(None) => false,
                Some(Some(twin)) => twin[column] == row[column],
            };
            let other = twin.flatten().map_or("", |twin| &twin[column]);
            *cell = excerpt(cell, if same { 0 } else { common(cell, other) });
            *cell = mark(cell, same || (twin == Some(None) && cell.is_empty()));
        }
        lines.push(cells);
    }
    let used: Vec<usize> = (0..HEADINGS.len())
        .filter(|&i| lines[1..].iter().any(|line| !line[i].is_empty()))
        .collect();
    let widths = used
        .iter()
        .map(|&i| lines.iter().map(|line| line[i].chars().count()).max().unwrap_or_default());
    let widths: Vec<usize> = widths.collect();
    let mut text = String::new();
    for line in &lines {
        let cells: Vec<String> =
            used.iter().zip(&widths).map(|(&i, width)| format!("{:<width$}", line[i])).collect();
        text.push_str(format!("  {}", cells.join("  ")).trim_end());
        text.push('\n');
    }
    let total = time(run.total());
    let same = |(_, other): (&[Row], &Run)| other.total() == run.total();
    let clock = run.clock().to_string();
    let same_clock = |(_, other): (&[Row], &Run)| other.clock() == run.clock();
    text.push_str(&format!(
        "  total {} on the {} clock\n",
        mark(&total, other.is_none_or(same)),
        mark(&clock, other.is_none_or(same_clock))
    ));
    for note in run.notes() {
        text.push_str(&format!("  {note}\n"));
    }
    text
}
