//! The question before a run is shown, for readers with and without scripts.

use std::{collections::BTreeSet, time::Duration};

use timeline::{Call, Outcome, Run};

use crate::page::{escape, order, time_element};

/// Of more calls, no reader is asked for the order.
const MOST_CALLS: usize = 8;

/// The question, twice: as a form, which `theme/clock.js` answers, and with the answer folded.
/// The style sheet shows the form where scripts run, and the folded answer where they do not.
///
/// All that the script knows of the run is in the attributes of the form, so its answers come
/// from the recording alone.
pub(crate) fn predict(name: &str, run: &Run) -> String {
    let name = escape(name);
    let total = run.total().as_secs_f64();
    let numbers = numbers(run);
    let question = match (run.calls().len(), numbers.is_empty()) {
        (0, _) => "How long will it take, and what will have run?",
        (_, true) => "How long will it take?",
        (_, false) => "How long will it take, and in which order will the calls complete?",
    };
    let (order, completed) = match (numbers.is_empty(), run.completion_order().as_slice()) {
        (true, _) => (String::new(), String::new()),
        (false, []) => (String::new(), "; no call completed".to_owned()),
        (false, [one]) => (one.to_string(), format!("; call {one} alone completed")),
        _ => (order(run), format!("; the calls completed in the order {}", order(run))),
    };
    let fates = fates(run, &numbers);
    let answer = format!("{}{completed}. {fates}", time_element(run.total()));
    let list = numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
    let (buttons, hint) = match numbers.is_empty() {
        true => (String::new(), "Give the seconds, then look at the run.".to_owned()),
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
            format!(
                "Press the calls in the order in which they will complete; leave out what will not.{}",
                match run.calls().iter().any(|call| call.outcome == Outcome::Failed) {
                    true => " A call that returns an error completes, too.",
                    false => "",
                }
            ),
        ),
    };
    let delays = delays(run);
    let sum: Duration = delays.iter().sum();
    let longest = delays.iter().max().copied().unwrap_or_default();
    let is_cut = |call: &Call| matches!(call.outcome, Outcome::Dropped | Outcome::Running);
    let cut = if run.calls().iter().any(is_cut) { " data-cut" } else { "" };
    format!(
        "<details class=\"predict\" data-run=\"{name}\" data-total=\"{total}\" data-order=\"{order}\">\n\
         <summary>Predict. {question}</summary>\n<p>{}</p>\n</details>\n\
         <form class=\"predict\" aria-label=\"Predict {name}\" data-run=\"{name}\" data-total=\"{total}\" \
         data-order=\"{order}\" data-calls=\"{list}\" data-fates=\"{fates}\" data-sum=\"{}\" \
         data-longest=\"{}\"{cut}>\n<p><strong>Predict.</strong> {question}</p>\n<p class=\"ask\"><label>Total <input \
         type=\"number\" min=\"0\" step=\"any\" required autocomplete=\"off\"> s</label> {buttons}<button>Check\
         </button> <button type=\"button\" class=\"show\">Show me</button></p>\n<output>{hint}</output>\n\
         <p class=\"progress\"><span>Nothing predicted yet.</span> <button type=\"button\" \
         class=\"clear\">Clear</button> <label><input type=\"checkbox\"> always show the runs</label></p>\n\
         </form>\n",
        answer.trim_end(),
        sum.as_secs_f64(),
        longest.as_secs_f64(),
    )
}

/// The numbers of the calls, as they are written; none if there is no order to ask for: if there
/// are too few of them or too many, or if two calls have the same.
fn numbers(run: &Run) -> Vec<u32> {
    let numbers: Vec<u32> = run.calls().iter().filter_map(|call| call.id).collect();
    let distinct = BTreeSet::from_iter(numbers.iter().copied());
    match (2..=MOST_CALLS).contains(&numbers.len()) && distinct.len() == numbers.len() {
        true => distinct.into_iter().collect(),
        false => Vec::new(),
    }
}

/// What became of the calls that did not return, in sentences. Of calls without numbers, how many.
fn fates(run: &Run, numbers: &[u32]) -> String {
    let calls = run.calls();
    let which = |outcome| calls.iter().filter(move |call| call.outcome == outcome);
    if calls.is_empty() {
        return "No call has started.".to_owned();
    }
    if !numbers.is_empty() {
        let sentence = |outcome| {
            let numbers: BTreeSet<u32> = which(outcome).filter_map(|call| call.id).collect();
            let list = list(numbers.iter().map(u32::to_string).collect());
            let (calls, many) = if numbers.len() > 1 { ("Calls", true) } else { ("Call", false) };
            let did = match outcome {
                Outcome::Failed => "completed by failing".to_owned(),
                _ => format!("{} and did not complete", did(outcome, many)),
            };
            (!numbers.is_empty()).then(|| format!("{calls} {list} {did}."))
        };
        let others =
            [Outcome::Failed, Outcome::Panicked, Outcome::Dropped, Outcome::Running].map(sentence);
        return others.into_iter().flatten().collect::<Vec<_>>().join(" ");
    }
    if calls.iter().all(|call| call.outcome == Outcome::Returned) {
        return String::new();
    }
    if let [call] = calls {
        return format!("The call {}.", did(call.outcome, false));
    }
    let outcomes =
        [Outcome::Returned, Outcome::Failed, Outcome::Panicked, Outcome::Dropped, Outcome::Running];
    let counts = outcomes.into_iter().filter_map(|outcome| match which(outcome).count() {
        0 => None,
        count => Some(format!("{count} {}", did(outcome, count > 1))),
    });
    format!("Of {} calls, {}.", calls.len(), list(counts.collect()))
}

/// What a call did, or several, that ended in this way.
fn did(outcome: Outcome, many: bool) -> &'static str {
    match (outcome, many) {
        (Outcome::Returned, _) => "returned",
        (Outcome::Failed, _) => "failed",
        (Outcome::Panicked, _) => "panicked",
        (Outcome::Dropped, false) => "was dropped",
        (Outcome::Dropped, true) => "were dropped",
        (Outcome::Running, false) => "was still running",
        (Outcome::Running, true) => "were still running",
    }
}

/// `1, 2 and 3`.
fn list(mut words: Vec<String>) -> String {
    match words.pop() {
        Some(last) if words.is_empty() => last,
        Some(last) => format!("{} and {last}", words.join(", ")),
        None => String::new(),
    }
}

/// How long each call that no other call made would take by itself: its argument `delay`, as far
/// as all have one, or else the time from its start to its end. A call that was dropped took less
/// than its delay. Calls of several functions are not there to be added up.
fn delays(run: &Run) -> Vec<Duration> {
    let top: Vec<&Call> = run.calls().iter().filter(|call| call.parent.is_none()).collect();
    if top.iter().any(|call| call.name != top[0].name) {
        return Vec::new();
    }
    let took = |call: &&Call| call.end.unwrap_or(run.total()).saturating_sub(call.start);
    let delays: Option<Vec<Duration>> = top.iter().map(|call| delay(call)).collect();
    delays.unwrap_or_else(|| top.iter().map(took).collect())
}

/// What a call was asked to take: its argument `delay`, if it has one.
pub(crate) fn delay(call: &Call) -> Option<Duration> {
    duration(call.arguments.get("delay")?)
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
        predict("x", &Run::parse(Path::new("x"), &text).unwrap())
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
        let attributes = "data-order=\"1\" data-calls=\"1, 2\" data-fates=\"Call 2 was dropped and did not \
                          complete.\" data-sum=\"13\" data-longest=\"8\" data-cut>";
        assert!(html.contains(attributes), "{html}");
    }

    #[test]
    fn without_delays_a_call_counts_with_the_time_that_it_took() {
        let html = predicted(&format!("{FIRST}{DROPPED}").replace("delay", "other"));
        assert!(html.contains("data-sum=\"11\" data-longest=\"6\""), "{html}");
    }

    #[test]
    fn calls_of_several_functions_are_not_added_up() {
        let html = predicted(&format!("{FIRST}{}", DROPPED.replace("\"f\"", "\"g\"")));
        assert!(html.contains("data-sum=\"0\" data-longest=\"0\""), "{html}");
    }

    #[test]
    fn no_order_is_asked_of_one_call_or_none() {
        for calls in ["", FIRST] {
            let html = predicted(calls);
            assert!(html.contains("data-order=\"\" data-calls=\"\""), "{html}");
            assert!(!html.contains("aria-pressed"), "{html}");
        }
    }

    /// Calls that end in these ways, the number of each given by `number`, if it has one.
    fn ended(outcomes: &[&str], number: impl Fn(usize) -> Option<usize>) -> String {
        let mut completed = 0;
        let calls = outcomes.iter().enumerate().map(|(i, outcome)| {
            let number = number(i).map_or(String::new(), |number| format!("call = {number}\n"));
            let end = if *outcome == "running" { "" } else { "end = \"6s\"\n" };
            let mut order = String::new();
            if ["returned", "failed"].contains(outcome) {
                completed += 1;
                order = format!("order = {completed}\n");
            }
            format!(
                "[[call]]\nname = \"f\"\n{number}start = \"0s\"\n{end}outcome = \"{outcome}\"\n{order}"
            )
        });
        predicted(&calls.collect::<String>())
    }

    /// The question and the folded answer.
    fn folded(html: &str) -> (String, String) {
        let between = |from: &str, to: &str| {
            let (_, rest) = html.split_once(from).expect("it is in the HTML");
            rest.split_once(to).expect("it ends").0.to_owned()
        };
        (
            between("<summary>Predict. ", "</summary>"),
            between("<p><time datetime=\"PT6S\">6\u{a0}s</time>", "</p>"),
        )
    }

    #[test]
    fn a_call_that_fails_completes_and_one_that_is_dropped_does_not() {
        let asked = "How long will it take, and in which order will the calls complete?";
        for (outcomes, answer) in [
            (&["returned", "returned"][..], "; the calls completed in the order 1, 2."),
            (
                &["failed", "returned"],
                "; the calls completed in the order 1, 2. Call 1 completed by failing.",
            ),
            (
                &["dropped", "dropped", "failed"],
                "; call 3 alone completed. Call 3 completed by failing. Calls 1 and 2 were dropped and did \
                 not complete.",
            ),
            (
                &["returned", "panicked", "returned", "dropped", "running"],
                "; the calls completed in the order 1, 3. Call 2 panicked and did not complete. Call 4 was \
                 dropped and did not complete. Call 5 was still running and did not complete.",
            ),
            (
                &["running", "running", "running"],
                "; no call completed. Calls 1, 2 and 3 were still running and did not complete.",
            ),
        ] {
            let html = ended(outcomes, |i| Some(i + 1));
            assert_eq!(folded(&html), (asked.to_owned(), answer.to_owned()));
            assert_eq!(html.matches("aria-pressed").count(), outcomes.len());
            let hint = "A call that returns an error completes, too.";
            assert_eq!(html.contains(hint), outcomes.contains(&"failed"), "{html}");
        }
    }

    #[test]
    fn where_no_order_can_be_told_the_total_is_asked() {
        let nine = ["returned"; 9];
        for (outcomes, number, answer) in [
            (&["returned"][..], None, "."),
            (&["dropped"], None, ". The call was dropped."),
            (&["failed"], Some(1), ". The call failed."),
            (&["returned", "returned"], None, "."),
            // The same call, tried again and again.
            (&["failed", "failed", "returned"], Some(1), ". Of 3 calls, 1 returned and 2 failed."),
            (
                &["dropped", "returned", "panicked", "dropped", "running"],
                None,
                ". Of 5 calls, 1 returned, 1 panicked, 2 were dropped and 1 was still running.",
            ),
            (&nine, None, "."),
        ] {
            let html = ended(outcomes, |_| number);
            assert_eq!(folded(&html), ("How long will it take?".to_owned(), answer.to_owned()));
            assert!(html.contains("data-order=\"\" data-calls=\"\""), "{html}");
            assert!(html.contains("Give the seconds, then look at the run."), "{html}");
        }
        let html = ended(&nine, |i| Some(i + 1));
        assert_eq!(folded(&html).0, "How long will it take?", "that is too long an order");
        let html = ended(&[], |_| None);
        let asked = "How long will it take, and what will have run?".to_owned();
        assert_eq!(folded(&html), (asked, ". No call has started.".to_owned()));
    }
}
