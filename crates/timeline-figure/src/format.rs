//! Numbers, times and labels as text.

use std::time::Duration;

use timeline::Call;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How long a label is at most, in columns.
const MAX_LABEL_COLUMNS: usize = 60;

/// A duration as text writes it: `8 s`, `1.5 s`, `300 ms`, with a no-break space.
pub fn time_text(duration: Duration) -> String {
    if duration.is_zero() {
        return "0\u{a0}s".to_owned();
    }
    let text = format!("{duration:?}");
    let unit = text.find(|c: char| c.is_alphabetic()).unwrap_or(text.len());
    format!("{}\u{a0}{}", &text[..unit], &text[unit..])
}

/// Durations as a list, all in the unit that is right for `longest`: `0, 0, 2, 4, 6 s`.
pub fn times_text(times: &[Duration], longest: Duration) -> String {
    let units = [("s", 1_000_000_000), ("ms", 1_000_000), ("µs", 1_000), ("ns", 1)];
    let longest = longest.as_nanos();
    let (unit, length) =
        units.into_iter().find(|(_, length)| longest >= *length).unwrap_or(units[0]);
    let numbers: Vec<String> =
        times.iter().map(|time| (time.as_nanos() as f64 / length as f64).to_string()).collect();
    format!("{}\u{a0}{unit}", numbers.join(", "))
}

/// `1st`, `2nd`, `3rd`, `4th`.
pub fn ordinal(n: u32) -> String {
    let suffix = match (n % 10, n % 100) {
        (1, rest) if rest != 11 => "st",
        (2, rest) if rest != 12 => "nd",
        (3, rest) if rest != 13 => "rd",
        _ => "th",
    };
    format!("{n}{suffix}")
}

/// `first`, `second`, and from the eleventh on `11th`.
pub(crate) fn ordinal_word(n: u32) -> String {
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
pub(crate) fn grouped(n: usize) -> String {
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

/// A part of a span, as an SVG position or width.
pub(crate) fn percent(part: Duration, span: Duration) -> String {
    let text = format!("{:.2}", 100.0 * part.div_duration_f64(span));
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}

/// The label of a call: one line of at most 60 columns; see [`truncated`].
pub(crate) fn label(call: &Call) -> String {
    truncated(&call.label(), MAX_LABEL_COLUMNS)
}

/// A call in one line of about so many columns: `call 1 · 0 → 5 s`, or `tick 2 · at 3 s` if it took
/// no time; and how it ended, if it did not return.
pub(crate) fn summary(call: &Call, max_columns: usize) -> String {
    let start = if call.start.is_zero() { "0".to_owned() } else { time_text(call.start) };
    let how = match call.outcome {
        timeline::Outcome::Returned => String::new(),
        outcome => format!(" · {outcome}"),
    };
    let when = match call.end {
        Some(end) if end == call.start => format!(" · at {}{how}", time_text(end)),
        Some(end) => format!(" · {start} → {}{how}", time_text(end)),
        None => format!(" · {start} → …{how}"),
    };
    let rest = max_columns.saturating_sub(when.width()).max(8);
    truncated(&call.label(), rest) + &when
}

/// A text in one line of at most so many columns.
///
/// Labels come from programs. A line break would let Markdown begin again inside the HTML, and XML
/// allows no control characters: both become spaces. The characters that set the direction of text
/// are removed, and what may be written from right to left is isolated from the text around it.
pub(crate) fn truncated(text: &str, max_columns: usize) -> String {
    let is_direction = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_no_text = |c: char| matches!(c, '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}');
    let line: String = text
        .chars()
        .filter(|&c| !is_direction(c))
        .map(|c| if c.is_control() || is_no_text(c) { ' ' } else { c })
        .collect();
    let short = if line.width() <= max_columns {
        line
    } else {
        // One column is for the ellipsis.
        let mut columns = 1;
        let end = line.char_indices().find(|(_, c)| {
            columns += c.width().unwrap_or_default();
            columns > max_columns
        });
        format!("{}…", &line[..end.map_or(line.len(), |(byte, _)| byte)])
    };
    if short.is_ascii() { short } else { format!("\u{2068}{short}\u{2069}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_one_line_of_text_that_keeps_its_direction() {
        for (text, expected) in [
            ("plain", "plain"),
            ("two\nlines\r\n\u{2028}and \u{1b}[31mred", "two lines   and  [31mred"),
            ("\u{202e}abc\u{2069}\u{2069}", "abc"),
            ("nul\0\u{ffff}", "nul  "),
            ("שלום", "\u{2068}שלום\u{2069}"),
        ] {
            assert_eq!(truncated(text, 60), expected, "{text:?}");
        }
    }

    #[test]
    fn columns_are_counted_as_a_terminal_shows_them() {
        // A wide letter has two columns, a combining mark none, and a family of emoji two.
        for (text, expected) in [
            ("123456", "\u{2068}1234…\u{2069}"),
            ("계계계", "\u{2068}계계…\u{2069}"),
            ("e\u{301}e\u{301}e\u{301}", "\u{2068}e\u{301}e\u{301}e\u{301}\u{2069}"),
            ("👩‍👩‍👧‍👧", "\u{2068}👩‍👩‍👧‍👧\u{2069}"),
        ] {
            assert_eq!(truncated(text, 5), expected);
        }
    }

    #[test]
    fn ordinals_and_large_numbers_are_written_as_in_text() {
        let words = [1, 2, 3, 10, 11, 12, 13, 21, 111].map(ordinal_word).join(" ");
        assert_eq!(words, "first second third tenth 11th 12th 13th 21st 111th");
        assert_eq!([7, 1_000, 12_345_678].map(grouped).join(" "), "7 1,000 12,345,678");
    }

    #[test]
    fn times_share_the_unit_of_the_longest() {
        let times = [0, 500, 2_000].map(Duration::from_millis);
        assert_eq!(times_text(&times, times[2]), "0, 0.5, 2\u{a0}s");
        assert_eq!(times_text(&times[..2], times[1]), "0, 500\u{a0}ms");
        assert_eq!(times.map(time_text).join(" "), "0\u{a0}s 500\u{a0}ms 2\u{a0}s");
    }
}
