//! What the same calls would have taken if they had been made the other way.

use std::time::Duration;

use timeline::{Call, Run};

/// The other way to make the calls of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alternative {
    /// One after the other: the sum of the calls.
    InSeries(Duration),
    /// All at once: the longest of the calls.
    AtOnce(Duration),
}

impl Alternative {
    /// The alternative of a run, if it has one: if there are several calls at the top, all of one
    /// function, each of which took its `delay` and no longer, and they alone made the total. A call that
    /// waits for another (for its turn, or for room) would not be as long if the calls were made the
    /// other way.
    pub fn of(run: &Run) -> Option<Alternative> {
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
        if longest == sum {
            None
        } else if total == sum {
            Some(Alternative::AtOnce(longest))
        } else if total >= longest && total < sum {
            Some(Alternative::InSeries(sum))
        } else {
            None
        }
    }

    /// How it is called: `in series`, `all at once`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Alternative::InSeries(_) => "in series",
            Alternative::AtOnce(_) => "all at once",
        }
    }

    /// Which of the calls' durations it is: `the sum`, `the longest`.
    pub(crate) fn reason(self) -> &'static str {
        match self {
            Alternative::InSeries(_) => "the sum",
            Alternative::AtOnce(_) => "the longest",
        }
    }

    /// How long it would take.
    pub fn total(self) -> Duration {
        match self {
            Alternative::InSeries(total) | Alternative::AtOnce(total) => total,
        }
    }
}

/// How long a call was asked to take: its argument `delay`, if it is a duration.
pub fn delay(call: &Call) -> Option<Duration> {
    parse_duration(call.arguments.get("delay")?)
}

/// A duration as `Debug` prints it: `5s`, `1.5s`, `300ms`.
fn parse_duration(text: &str) -> Option<Duration> {
    let unit = text.find(|c: char| c.is_alphabetic())?;
    let unit_nanoseconds: u64 = match &text[unit..] {
        "s" => 1_000_000_000,
        "ms" => 1_000_000,
        "µs" => 1_000,
        "ns" => 1,
        _ => return None,
    };
    let (whole, fraction) = text[..unit].split_once('.').unwrap_or((&text[..unit], ""));
    let mut nanoseconds = whole.parse::<u64>().ok()?.checked_mul(unit_nanoseconds)?;
    let mut place = unit_nanoseconds;
    for digit in fraction.chars() {
        place /= 10;
        nanoseconds = nanoseconds.checked_add(u64::from(digit.to_digit(10)?) * place)?;
    }
    Some(Duration::from_nanos(nanoseconds))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// The alternative of a run whose calls have these names, delays, starts and ends.
    fn alternative_of(total: &str, calls: &[(&str, &str, &str, &str)]) -> Option<Alternative> {
        let mut text = format!("clock = \"virtual\"\ntotal = \"{total}\"\n");
        for (order, (name, delay, start, end)) in (1..).zip(calls) {
            text += &format!(
                "[[call]]\nname = \"{name}\"\narguments = {{ {delay} }}\nstart = \"{start}\"\nend = \
                 \"{end}\"\noutcome = \"returned\"\norder = {order}\n"
            );
        }
        Alternative::of(&Run::parse("x", Path::new("x"), &text).expect("a recording"))
    }

    #[test]
    fn durations_are_read_as_debug_prints_them() {
        for nanoseconds in [
            0,
            1,
            999,
            1_500,
            300_000_000,
            1_500_000_000,
            86_400_000_000_000,
            6_708_803_600_000_000,
            8_299_037_512_345_678_901,
        ] {
            let duration = Duration::from_nanos(nanoseconds);
            assert_eq!(parse_duration(&format!("{duration:?}")), Some(duration));
        }
        for text in ["", "5", "s", "5h", "-5s", "1e300s", "NaNs", "Some(5s)"] {
            assert_eq!(parse_duration(text), None, "{text}");
        }
    }

    #[test]
    fn it_is_the_other_way_to_make_the_same_calls() {
        let seconds = timeline::seconds;
        let (two, five, eight) = ("delay = \"2s\"", "delay = \"5s\"", "delay = \"8s\"");
        let joined = [("x", two, "0s", "2s"), ("x", five, "0s", "5s"), ("x", eight, "0s", "8s")];
        assert_eq!(alternative_of("8s", &joined), Some(Alternative::InSeries(seconds(15))));
        let series = [("x", five, "0s", "5s"), ("x", eight, "5s", "13s"), ("x", two, "13s", "15s")];
        assert_eq!(alternative_of("15s", &series), Some(Alternative::AtOnce(seconds(8))));
    }

    #[test]
    fn there_is_none_if_it_cannot_be_known() {
        let (five, eight) = ("delay = \"5s\"", "delay = \"8s\"");
        for (why, total, calls) in [
            ("one call has no other way", "5s", &[("x", five, "0s", "5s")][..]),
            (
                "something else took time",
                "20s",
                &[("x", five, "0s", "5s"), ("x", five, "5s", "10s")],
            ),
            (
                "the second waited for the first",
                "13s",
                &[("x", five, "0s", "5s"), ("x", eight, "0s", "13s")],
            ),
            (
                "two functions may wait for each other",
                "8s",
                &[("x", five, "0s", "5s"), ("y", eight, "0s", "8s")],
            ),
            (
                "how long they would take alone is not known",
                "8s",
                &[("x", "", "0s", "5s"), ("x", "", "0s", "8s")],
            ),
        ] {
            assert_eq!(alternative_of(total, calls), None, "{why}");
        }
    }
}
