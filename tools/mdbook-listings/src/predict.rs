//! The question before a run is shown, for readers with and without scripts.

use std::time::Duration;

use timeline::{Call, Run};

use crate::page::{escape, order, time_element};

/// The question, twice: as a form, which `theme/clock.js` answers, and with the answer folded.
/// The style sheet shows the form where scripts run, and the folded answer where they do not.
///
/// All that the script knows of the run is in the attributes of the form, so its answers come
/// from the recording alone.
pub(crate) fn predict(name: &str, run: &Run) -> String {
    let (question, answer) = match run.calls().len() {
        0 => ("How long will it take, and what will have run?", "no call has started".to_owned()),
        1 => ("How long will it take?", "one call has completed".to_owned()),
        _ => (
            "How long will it take, and in which order will the calls complete?",
            format!("the calls complete in the order {}", order(run)),
        ),
    };
    let name = escape(name);
    let total = run.total().as_secs_f64();
    let order = order(run);
    let numbers = numbers(run);
    let delays = delays(run);
    let sum: Duration = delays.iter().sum();
    let longest = delays.iter().max().copied().unwrap_or_default();
    let list = numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
    let (buttons, hint) = match numbers.is_empty() {
        true => (String::new(), "Give the seconds, then look at the run."),
        false => (
            format!(
                "<span class=\"calls\" role=\"group\" aria-label=\"order of completion\">Order {}</span> ",
                numbers
                    .iter()
                    .map(|n| format!(
                        "<button type=\"button\" value=\"{n}\" aria-pressed=\"false\">call {n}</button>"
                    ))
                    .collect::<Vec<_>>()
                    .join(" ")
            ),
            "Press the calls in the order in which they will complete; leave out what will not.",
        ),
    };
    format!(
        "<details class=\"predict\" data-run=\"{name}\" data-total=\"{total}\" data-order=\"{order}\">\n\
         <summary>Predict. {question}</summary>\n<p>{}; {answer}.</p>\n</details>\n\
         <form class=\"predict\" aria-label=\"Predict {name}\" data-run=\"{name}\" data-total=\"{total}\" \
         data-order=\"{order}\" data-calls=\"{list}\" data-of=\"{}\" data-sum=\"{}\" \
         data-longest=\"{}\">\n<p><strong>Predict.</strong> {question}</p>\n<p class=\"ask\"><label>Total <input \
         type=\"number\" min=\"0\" step=\"any\" required autocomplete=\"off\"> s</label> {buttons}<button>Check\
         </button> <button type=\"button\" class=\"show\">Show me</button></p>\n<output>{hint}</output>\n\
         <p class=\"progress\"><span>Nothing predicted yet.</span> <button type=\"button\" \
         class=\"clear\">Clear</button> <label><input type=\"checkbox\"> always show the runs</label></p>\n\
         </form>\n",
        time_element(run.total()),
        delays.len(),
        sum.as_secs_f64(),
        longest.as_secs_f64(),
    )
}

/// The numbers of the calls, as they are written; none if there is no order to ask for.
fn numbers(run: &Run) -> Vec<u32> {
    let mut numbers: Vec<u32> = run.calls().iter().filter_map(|call| call.number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    match numbers.len() {
        1 => Vec::new(),
        _ => numbers,
    }
}

/// How long each call that no other call made would take by itself: its argument `delay`, as far
/// as all have one, or else the time from its start to its end. A call that was dropped took less
/// than its delay.
fn delays(run: &Run) -> Vec<Duration> {
    let top: Vec<&Call> = run.calls().iter().filter(|call| call.parent.is_none()).collect();
    let delay = |call: &&Call| call.arguments.get("delay").and_then(|text| duration(text));
    let took = |call: &&Call| call.end.unwrap_or(run.total()).saturating_sub(call.start);
    let delays: Option<Vec<Duration>> = top.iter().map(delay).collect();
    delays.unwrap_or_else(|| top.iter().map(took).collect())
}

/// A duration as `Debug` prints it: `5s`, `1.5s`, `300ms`.
fn duration(text: &str) -> Option<Duration> {
    let unit = text.find(|c: char| c.is_alphabetic())?;
    let nanoseconds = match &text[unit..] {
        "s" => 1e9,
        "ms" => 1e6,
        "µs" => 1e3,
        "ns" => 1.0,
        _ => return None,
    };
    let nanoseconds = text[..unit].parse::<f64>().ok()? * nanoseconds;
    (0.0..=u64::MAX as f64)
        .contains(&nanoseconds)
        .then(|| Duration::from_nanos(nanoseconds.round() as u64))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn predicted(calls: &str) -> String {
        let text = format!("clock = \"virtual\"\ntotal = \"6s\"\n{calls}");
        predict("x", &Run::parse("x", Path::new("x"), &text).unwrap())
    }

    const FIRST: &str = "[[call]]\nname = \"f\"\ncall = 1\narguments = { delay = \"5s\" }\n\
                         start = \"0s\"\npolls = []\nend = \"5s\"\noutcome = \"returned\"\norder = 1\n";
    const DROPPED: &str = "[[call]]\nname = \"f\"\ncall = 2\narguments = { delay = \"8s\" }\n\
                           start = \"0s\"\npolls = []\nend = \"6s\"\noutcome = \"dropped\"\n";

    #[test]
    fn durations_are_read_as_debug_prints_them() {
        for duration_ in [0, 1, 999, 1_500, 300_000_000, 1_500_000_000, 86_400_000_000_000] {
            let duration_ = Duration::from_nanos(duration_);
            assert_eq!(duration(&format!("{duration_:?}")), Some(duration_));
        }
        for text in ["", "5", "s", "5h", "-5s", "1e300s", "NaNs", "Some(5s)"] {
            assert_eq!(duration(text), None, "{text}");
        }
    }

    #[test]
    fn what_was_dropped_counts_with_its_delay_and_is_asked_for() {
        let html = predicted(&format!("{FIRST}{DROPPED}"));
        assert!(
            html.contains("data-order=\"1\" data-calls=\"1, 2\" data-of=\"2\" data-sum=\"13\" data-longest=\"8\""),
            "{html}"
        );
    }

    #[test]
    fn without_delays_a_call_counts_with_the_time_that_it_took() {
        let html = predicted(&format!("{FIRST}{DROPPED}").replace("delay", "other"));
        assert!(html.contains("data-sum=\"11\" data-longest=\"6\""), "{html}");
    }

    #[test]
    fn no_order_is_asked_of_one_call_or_none() {
        for (calls, of) in [("", 0), (FIRST, 1)] {
            let html = predicted(calls);
            assert!(html.contains(&format!("data-calls=\"\" data-of=\"{of}\"")), "{html}");
            assert!(!html.contains("aria-pressed"), "{html}");
        }
    }
}
