//! The lines that show a run: bars, table and sentences. Nothing here knows a terminal.

use std::{cmp::Reverse, time::Duration};

use console::{Style, measure_text_width, truncate_str};

use crate::{
    Call, Outcome,
    layout::{Lane, escaped, lanes, ordinal, round_durations},
    spans::Spans,
};

/// What a picture is drawn for.
pub(super) struct View {
    /// How many columns it may take up.
    pub(super) width: usize,
    /// How many lines it may take up.
    pub(super) height: usize,
    /// The time on the clock of the program.
    pub(super) now: Duration,
    /// The length of the time axis.
    pub(super) axis: Duration,
    /// Whether to use colours.
    pub(super) colors: bool,
}

/// The length of the time axis while the program runs: what has been recorded, as long as that is
/// enough. Without a recording the axis grows by steps, since bars that shrank all the time
/// could not be read.
pub(super) fn axis(recorded: Option<Duration>, now: Duration) -> Duration {
    match recorded {
        Some(recorded) => recorded.max(now),
        None => round_durations(Duration::from_secs(1))
            .find(|&length| length >= now)
            .expect("the lengths do not end"),
    }
}

/// The label of a call, indented.
fn indented_label(lane: &Lane) -> String {
    format!("{}{}", "  ".repeat(lane.indent()), escaped(&lane.call.label()))
}

/// A line for each call, and the time axis below. If there are more calls than lines, the calls
/// that started or ended last are shown, running ones first; and the first line says how many
/// are not.
pub(super) fn picture(calls: &[&Call], view: &View) -> Vec<String> {
    if calls.is_empty() || view.height == 0 {
        return Vec::new();
    }
    let mut lanes = lanes(calls);
    let room = view.height - 1;
    let mut lines = Vec::new();
    if lanes.len() > room {
        lines.extend(leave_out(&mut lanes, room.saturating_sub(1)));
    }
    let columns = Columns::fit(&lanes, view);
    lines.extend(lanes.iter().map(|lane| columns.lane(lane, view)));
    lines.push(columns.ruler(view));
    let start = lines.len().saturating_sub(view.height);
    let clip = |line: String| truncate_str(line.trim_end(), view.width, "").into_owned();
    lines.into_iter().skip(start).map(clip).collect()
}

/// Keeps only so many lanes, and returns the line that says what has been left out.
fn leave_out(lanes: &mut Vec<Lane>, keep: usize) -> Option<String> {
    let liveliness =
        |call: &Call| Reverse((call.end.is_none(), call.end.unwrap_or(call.start), call.start));
    let mut ranks: Vec<usize> = (0..lanes.len()).collect();
    ranks.sort_by_key(|&i| (liveliness(lanes[i].call), Reverse(i)));
    let mut kept = vec![false; lanes.len()];
    ranks.iter().take(keep).for_each(|&i| kept[i] = true);
    let (shown, hidden): (Vec<_>, Vec<_>) =
        (0..lanes.len()).map(|i| (lanes[i], kept[i])).partition(|&(_, kept)| kept);
    *lanes = shown.into_iter().map(|(lane, _)| lane).collect();
    let running = hidden.iter().filter(|(lane, _)| lane.call.end.is_none()).count();
    let mut parts = Vec::new();
    if hidden.len() > running {
        parts.push(format!("{} ended", hidden.len() - running));
    }
    if running > 0 {
        parts.push(format!("{running} running"));
    }
    Some(format!("… {} more calls: {}", hidden.len(), parts.join(", ")))
}

/// How the width of the picture is shared out.
struct Columns {
    label: usize,
    bar: usize,
    time: usize,
    gap: usize,
    /// Whether there is room for `returned 1st`, where `1st` would do.
    in_full: bool,
}

impl Columns {
    /// A bar with fewer cells says so little that the words next to it are cut short first.
    const GOOD_BAR: usize = 20;

    fn fit(lanes: &[Lane], view: &View) -> Columns {
        let widest = |texts: &mut dyn Iterator<Item = String>| {
            texts.map(|text| measure_text_width(&text)).max().unwrap_or_default()
        };
        let label = widest(&mut lanes.iter().map(indented_label)).min(view.width / 3);
        let time = time(view.axis.max(view.now)).len();
        let outcome = |in_full: bool| {
            let needed = widest(&mut lanes.iter().map(|lane| outcome(lane.call, in_full)));
            // Room for what every call may come to, so that the bars stay as they are when
            // calls end.
            let usual = if in_full { "returned 1st" } else { "panicked" };
            needed.max(usual.len())
        };
        let bar =
            |gap, in_full| view.width.saturating_sub(label + time + outcome(in_full) + 3 * gap);
        let in_full = bar(2, true) >= Columns::GOOD_BAR;
        let gap = if in_full { 2 } else { 1 };
        Columns { label, bar: bar(gap, in_full).max(1), time, gap, in_full }
    }

    fn lane(&self, lane: &Lane, view: &View) -> String {
        let call = lane.call;
        let label = indented_label(lane);
        let label = truncate_str(&label, self.label, "…");
        let room = self.label.saturating_sub(measure_text_width(&label));
        let bar = self.bar(call, view);
        let after = self.bar.saturating_sub(measure_text_width(&bar));
        let style = style(call.outcome).force_styling(view.colors);
        let lasted = call.end.unwrap_or(view.now).saturating_sub(call.start);
        let gap = " ".repeat(self.gap);
        format!(
            "{label}{:room$}{gap}{}{:after$}{gap}{:>time$}{gap}{}",
            "",
            style.apply_to(bar),
            "",
            self::time(lasted),
            style.apply_to(outcome(call, self.in_full)),
            time = self.time,
        )
    }

    /// How far along the axis a time is, in cells.
    fn cells(&self, at: Duration, view: &View) -> f64 {
        let axis = view.axis.max(Duration::from_millis(1));
        at.div_duration_f64(axis).min(1.0) * self.bar as f64
    }

    /// The bar of a call, and the space before it. A call that came to nothing is paler.
    fn bar(&self, call: &Call, view: &View) -> String {
        const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
        let start = (self.cells(call.start, view) as usize).min(self.bar - 1);
        let end = self.cells(call.end.unwrap_or(view.now), view);
        let before = " ".repeat(start);
        match call.outcome {
            Outcome::Returned | Outcome::Running => {
                let eighths = ((end * 8.0).round() as usize).saturating_sub(8 * start).max(1);
                format!("{before}{}{}", "█".repeat(eighths / 8), EIGHTHS[eighths % 8])
            }
            Outcome::Failed | Outcome::Dropped | Outcome::Panicked | Outcome::Unknown => {
                let cells = (end.round() as usize).saturating_sub(start).max(1);
                format!("{before}{}", "░".repeat(cells))
            }
        }
    }

    /// The time axis.
    fn ruler(&self, view: &View) -> String {
        // More marks would not say more. Each needs its own width and a space.
        const MOST: f64 = 5.0;
        let axis = view.axis.max(Duration::from_millis(1));
        let step = round_durations(Duration::from_millis(1))
            .take_while(|&step| step <= axis)
            .find(|&step| {
                let width = mark(axis, step).chars().count() as f64;
                axis.div_duration_f64(step) <= MOST && self.cells(step, view) >= width + 1.0
            })
            .unwrap_or(axis);
        let mut line = " ".repeat(self.label + self.gap);
        let mut at = Duration::ZERO;
        while at <= view.axis {
            let column = self.label + self.gap + self.cells(at, view) as usize;
            line += &" ".repeat(column.saturating_sub(measure_text_width(&line)));
            line += &mark(at, step);
            at += step;
        }
        Style::new().dim().force_styling(view.colors).apply_to(line).to_string()
    }
}

fn style(outcome: Outcome) -> Style {
    match outcome {
        Outcome::Running => Style::new().cyan(),
        Outcome::Returned => Style::new().green(),
        Outcome::Dropped | Outcome::Unknown => Style::new().yellow(),
        Outcome::Failed | Outcome::Panicked => Style::new().red(),
    }
}

/// How the call ended, and as which one.
fn outcome(call: &Call, in_full: bool) -> String {
    match call.completion_rank.map(ordinal) {
        Some(order) if call.outcome == Outcome::Returned && !in_full => order,
        Some(order) => format!("{} {order}", call.outcome),
        None => call.outcome.to_string(),
    }
}

/// A time that was measured.
fn time(at: Duration) -> String {
    format!("{:.1} s", at.as_secs_f64())
}

/// The mark on the time axis for a multiple of a round length.
fn mark(at: Duration, step: Duration) -> String {
    if step >= Duration::from_secs(1) {
        format!("╵{} s", at.as_secs())
    } else if step >= Duration::from_millis(100) {
        format!("╵{}", time(at))
    } else {
        format!("╵{} ms", at.as_millis())
    }
}

/// How many calls the table shows of the first and of the last ones, if it cannot show all.
const TABLE_ENDS: usize = 50;

/// The calls with their start, end and order, and the total. How they ended is shown if one did not
/// return.
pub(super) fn table(
    calls: &[&Call],
    total: Duration,
    interrupted: bool,
    width: usize,
) -> Vec<String> {
    let label = if interrupted { "interrupted" } else { "total" };
    if calls.is_empty() {
        return vec!["no call was started".to_owned(), format!("{label}  {}", time(total))];
    }
    let mut rows = vec![["call", "start", "end", "order", "outcome"].map(str::to_owned)];
    rows.extend(lanes(calls).into_iter().map(|lane| {
        let call = lane.call;
        [
            indented_label(&lane),
            time(call.start),
            call.end.map(time).unwrap_or_default(),
            call.completion_rank.map(ordinal).unwrap_or_default(),
            call.outcome.to_string(),
        ]
    }));
    rows.push([label, "", &time(total), "", ""].map(str::to_owned));

    let width_of = |i: usize| rows.iter().map(|row| measure_text_width(&row[i])).max();
    let mut widths: [usize; 5] = std::array::from_fn(|i| width_of(i).unwrap_or_default());
    let others: usize = widths[1..].iter().map(|width| 2 + width).sum();
    widths[0] = widths[0].min(width.saturating_sub(others).max(label.len()));
    let all_returned = calls.iter().all(|call| call.outcome == Outcome::Returned);
    let mut lines: Vec<String> = rows
        .iter()
        .map(|[label, start, end, order, outcome]| {
            let label = truncate_str(label, widths[0], "…");
            let room = widths[0] - measure_text_width(&label);
            let [_, starts, ends, orders, _] = widths;
            let outcome = if all_returned { "" } else { outcome };
            let line = format!(
                "{label}{:room$}  {start:>starts$}  {end:>ends$}  {order:>orders$}  {outcome}",
                ""
            );
            truncate_str(line.trim_end(), width, "").into_owned()
        })
        .collect();
    if calls.len() > 2 * TABLE_ENDS {
        let left_out = format!("… {} more calls …", calls.len() - 2 * TABLE_ENDS);
        lines.splice(1 + TABLE_ENDS..1 + calls.len() - TABLE_ENDS, [left_out]);
    }
    lines
}

/// What comes before a line that the program printed, to set it apart from the lines about its
/// calls. It is as wide as the time before those.
pub(super) const OUTPUT: &str = "         | ";

/// The sentence for the start of the call at this position.
pub(super) fn start(spans: &Spans, position: usize) -> String {
    sentence(spans, position, spans.call(position).start, "starts")
}

/// The sentence for the end of the call at this position.
pub(super) fn end(spans: &Spans, position: usize) -> String {
    let call = spans.call(position);
    let verb = match call.outcome {
        Outcome::Returned => "returns",
        Outcome::Failed => "fails",
        Outcome::Dropped => "is dropped",
        Outcome::Panicked => "panics",
        Outcome::Unknown => "ends, nobody knows how",
        Outcome::Running => "runs",
    };
    let order =
        call.completion_rank.map(|order| format!(" ({})", ordinal(order))).unwrap_or_default();
    sentence(spans, position, call.end.unwrap_or(call.start), &format!("{verb}{order}"))
}

fn sentence(spans: &Spans, position: usize, at: Duration, what_happens: &str) -> String {
    let indentation = "  ".repeat(spans.depth(position).min(Lane::MAX_INDENT));
    let label = escaped(&spans.call(position).label());
    format!("{:>7}  {indentation}{label} {what_happens}", time(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Event, EventKind};

    fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    fn call(number: u32, start: u64, end: Option<(u64, Outcome, Option<u32>)>) -> Call {
        Call {
            name: "random_add".to_owned(),
            id: Some(number),
            arguments: Default::default(),
            parent: None,
            task: None,
            thread: Some(1),
            start: ms(start),
            polls: Vec::new(),
            end: end.map(|(at, _, _)| ms(at)),
            outcome: end.map_or(Outcome::Running, |(_, outcome, _)| outcome),
            completion_rank: end.and_then(|(_, _, order)| order),
            value: None,
        }
    }

    fn returned(number: u32, start: u64, end: u64, order: u32) -> Call {
        call(number, start, Some((end, Outcome::Returned, Some(order))))
    }

    fn draw(calls: &[Call], width: usize, height: usize, now: u64, axis: u64) -> Vec<String> {
        let calls: Vec<&Call> = calls.iter().collect();
        let view = View { width, height, now: ms(now), axis: ms(axis), colors: false };
        let lines = picture(&calls, &view);
        assert!(lines.len() <= height, "{} lines in {height}", lines.len());
        for line in &lines {
            assert!(measure_text_width(line) <= width, "wider than {width}: {line}");
        }
        lines
    }

    fn tabulate(calls: &[Call], total: u64, width: usize) -> Vec<String> {
        table(&calls.iter().collect::<Vec<_>>(), ms(total), false, width)
    }

    #[test]
    fn calls_in_series_form_a_staircase() {
        let calls =
            [returned(1, 0, 5_000, 1), returned(2, 5_000, 13_000, 2), call(3, 13_000, None)];
        assert_eq!(
            draw(&calls, 60, 24, 14_000, 15_000),
            [
                "call 1  ██████████                       5.0 s  returned 1st",
                "call 2            ████████████████       8.0 s  returned 2nd",
                "call 3                            ██     1.0 s  running",
                "        ╵0 s      ╵5 s      ╵10 s     ╵15 s",
            ]
        );
    }

    #[test]
    fn concurrent_calls_lie_side_by_side() {
        let calls = [returned(1, 0, 5_000, 2), call(2, 0, None), returned(3, 0, 2_000, 1)];
        assert_eq!(
            draw(&calls, 69, 24, 6_000, 8_000),
            [
                "call 1  █████████████████████████                 5.0 s  returned 2nd",
                "call 2  ██████████████████████████████            6.0 s  running",
                "call 3  ██████████                                2.0 s  returned 1st",
                "        ╵0 s      ╵2 s      ╵4 s      ╵6 s      ╵8 s",
            ]
        );
    }

    #[test]
    fn however_a_call_ends_a_word_says_so() {
        let calls = [
            call(1, 0, Some((500, Outcome::Dropped, None))),
            call(2, 0, Some((1_000, Outcome::Panicked, None))),
            call(3, 0, Some((1_000, Outcome::Failed, Some(1)))),
            returned(4, 0, 1_000, 2),
            call(5, 500, None),
        ];
        assert_eq!(
            draw(&calls, 57, 24, 1_000, 1_000),
            [
                "call 1  ░░░░░░░░░░░░░░              0.5 s  dropped",
                "call 2  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░  1.0 s  panicked",
                "call 3  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░  1.0 s  failed 1st",
                "call 4  ████████████████████████████  1.0 s  returned 2nd",
                "call 5                ██████████████  0.5 s  running",
                "        ╵0.0 s        ╵0.5 s        ╵1.0 s",
            ]
            .map(|line| line
                .replace("              0.5 s  dropped", "                0.5 s  dropped"))
        );
        assert_eq!(
            tabulate(&calls, 1_000, 80),
            [
                "call    start    end  order  outcome",
                "call 1  0.0 s  0.5 s         dropped",
                "call 2  0.0 s  1.0 s         panicked",
                "call 3  0.0 s  1.0 s    1st  failed",
                "call 4  0.0 s  1.0 s    2nd  returned",
                "call 5  0.5 s                running",
                "total          1.0 s",
            ]
        );
    }

    #[test]
    fn forty_columns_are_enough() {
        let calls = [
            returned(1, 0, 5_000, 1),
            call(2, 5_000, Some((7_000, Outcome::Failed, Some(2)))),
            call(3, 7_000, Some((9_000, Outcome::Panicked, None))),
            call(4, 9_000, None),
        ];
        let lines = draw(&calls, 40, 24, 10_000, 15_000);
        assert_eq!(
            lines,
            [
                "call 1 █████            5.0 s 1st",
                "call 2      ░░          2.0 s failed 2nd",
                "call 3        ░░        2.0 s panicked",
                "call 4          █       1.0 s running",
                "       ╵0 s      ╵10 s",
            ]
        );
        let table = tabulate(&calls, 10_000, 40);
        assert!(table.iter().all(|line| measure_text_width(line) <= 40), "{table:#?}");
    }

    #[test]
    fn no_width_and_no_height_is_too_small() {
        let calls = [returned(1, 0, 5_000, 1), call(2, 5_000, None)];
        for width in 0..60 {
            for height in 0..5 {
                draw(&calls, width, height, 6_000, 8_000);
            }
            tabulate(&calls, 8_000, width);
        }
    }

    #[test]
    fn of_a_hundred_calls_the_running_and_the_latest_are_shown() {
        let mut calls: Vec<Call> = (1..=98).map(|n| returned(n, 0, 10 * u64::from(n), n)).collect();
        calls.insert(10, call(99, 0, None));
        calls.push(call(100, 500, None));
        let lines = draw(&calls, 80, 10, 1_000, 1_000);
        assert_eq!(lines.len(), 10);
        assert_eq!(lines[0], "… 92 more calls: 92 ended");
        let shown: Vec<&str> = lines[1..9].iter().map(|line| line[..8].trim()).collect();
        assert_eq!(
            shown,
            [
                "call 99", "call 93", "call 94", "call 95", "call 96", "call 97", "call 98",
                "call 100"
            ]
        );

        let running: Vec<Call> = (1..=100).map(|n| call(n, u64::from(n), None)).collect();
        assert_eq!(draw(&running, 80, 10, 1_000, 1_000)[0], "… 92 more calls: 92 running");
    }

    #[test]
    fn of_many_calls_the_table_shows_the_first_and_the_last() {
        let calls: Vec<Call> = (1..=1_000).map(|n| returned(n, 0, 1_000, n)).collect();
        let table = tabulate(&calls[..100], 1_000, 80);
        assert_eq!(table.len(), 1 + 100 + 1);
        let table = tabulate(&calls, 1_000, 80);
        assert_eq!(table.len(), 1 + 50 + 1 + 50 + 1);
        assert!(table[50].starts_with("call 50 "));
        assert_eq!(table[51], "… 900 more calls …");
        assert!(table[52].starts_with("call 951 "));
    }

    #[test]
    fn a_call_stands_below_the_one_that_made_it() {
        let mut calls = [
            returned(1, 0, 2_000, 3),
            returned(2, 0, 2_000, 4),
            returned(3, 500, 1_000, 1),
            returned(4, 1_000, 2_000, 2),
        ];
        calls[2].parent = Some(0);
        calls[3].parent = Some(0);
        let table = tabulate(&calls, 2_000, 80);
        assert_eq!(
            table,
            [
                "call      start    end  order",
                "call 1    0.0 s  2.0 s    3rd",
                "  call 3  0.5 s  1.0 s    1st",
                "  call 4  1.0 s  2.0 s    2nd",
                "call 2    0.0 s  2.0 s    4th",
                "total            2.0 s",
            ]
        );
        let lines = draw(&calls, 80, 24, 2_000, 2_000);
        assert!(lines[1].starts_with("  call 3  ") && lines[3].starts_with("call 2  "));
    }

    #[test]
    fn a_program_without_calls_has_a_total_only() {
        assert_eq!(draw(&[], 80, 24, 0, 0), [""; 0]);
        assert_eq!(tabulate(&[], 0, 80), ["no call was started", "total  0.0 s"]);
    }

    #[test]
    fn an_interrupted_program_has_no_total() {
        let calls = [call(1, 0, None)];
        assert_eq!(
            table(&calls.iter().collect::<Vec<_>>(), ms(3_000), true, 80),
            [
                "call         start    end  order  outcome",
                "call 1       0.0 s                running",
                "interrupted         3.0 s",
            ]
        );
    }

    #[test]
    fn colours_add_no_text() {
        let calls = [returned(1, 0, 5_000, 1), call(2, 5_000, None)];
        let calls: Vec<&Call> = calls.iter().collect();
        let mut view =
            View { width: 80, height: 24, now: ms(6_000), axis: ms(8_000), colors: false };
        let plain = picture(&calls, &view);
        view.colors = true;
        let coloured = picture(&calls, &view);
        assert_ne!(plain, coloured);
        let stripped: Vec<_> =
            coloured.iter().map(|line| console::strip_ansi_codes(line).into_owned()).collect();
        assert_eq!(plain, stripped);
    }

    #[test]
    fn the_axis_is_the_recorded_one_or_grows_by_steps() {
        assert_eq!(axis(Some(ms(8_000)), ms(3_000)), ms(8_000));
        assert_eq!(axis(Some(ms(8_000)), ms(8_100)), ms(8_100));
        assert_eq!(axis(None, ms(0)), ms(1_000));
        assert_eq!(axis(None, ms(1_001)), ms(2_000));
        assert_eq!(axis(None, ms(21_000)), ms(50_000));
    }

    #[test]
    fn numbers_are_ordered_as_in_speech() {
        let ordinals = [1, 2, 3, 4, 11, 12, 13, 21, 101, 111].map(ordinal);
        assert_eq!(
            ordinals,
            ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "101st", "111th"]
        );
    }

    #[test]
    fn sentences_tell_time_call_and_order() {
        let opened = |parent, call: &str| EventKind::Opened {
            task: None,
            parent,
            name: "random_add".to_owned(),
            arguments: [("call".to_owned(), call.to_owned())].into(),
            reports_return: true,
        };
        let mut spans = Spans::default();
        let events = [
            (0, 0, opened(None, "1")),
            (250, 1, opened(Some(0), "2")),
            (12_000, 1, EventKind::Returned { value: "5".to_owned() }),
            (12_000, 0, EventKind::Closed),
        ];
        for (at, span, kind) in events {
            spans.note(&Event { at: ms(at), thread: 1, span, kind });
        }
        assert_eq!(start(&spans, 0), "  0.0 s  call 1 starts");
        assert_eq!(start(&spans, 1), "  0.2 s    call 2 starts");
        assert_eq!(end(&spans, 1), " 12.0 s    call 2 returns (1st)");
        assert_eq!(end(&spans, 0), " 12.0 s  call 1 is dropped");
    }
}
