//! What a reader is asked to predict of a run, and what is true of it.

use std::{collections::BTreeSet, time::Duration};

use timeline::{Call, Outcome, Run};
use timeline_figure::{Milliseconds, delay};

use crate::data::Prediction;

/// Of more calls, no reader is asked for the order.
const MAX_ORDERED_CALLS: usize = 8;

/// What is true of the run that goes by this name.
pub(crate) fn prediction(name: &str, run: &Run) -> Prediction {
    let numbers = numbers(run);
    let delays = delays(run);
    let is_cut = |call: &Call| matches!(call.outcome, Outcome::Dropped | Outcome::Running);
    Prediction {
        run: name.to_owned(),
        total: Milliseconds(run.total()),
        order: if numbers.is_empty() { Vec::new() } else { run.completion_order() },
        fates: outcome_summary(run, &numbers),
        calls: numbers,
        is_cut: run.calls().iter().any(is_cut),
        sum: Milliseconds(delays.iter().sum()),
        longest: Milliseconds(delays.iter().max().copied().unwrap_or_default()),
    }
}

/// The numbers of the calls, as they are written; none if there is no order to ask for: if there
/// are too few of them or too many, or if two calls have the same.
fn numbers(run: &Run) -> Vec<u32> {
    let numbers: Vec<u32> = run.calls().iter().filter_map(|call| call.id).collect();
    let distinct = BTreeSet::from_iter(numbers.iter().copied());
    if (2..=MAX_ORDERED_CALLS).contains(&numbers.len()) && distinct.len() == numbers.len() {
        distinct.into_iter().collect()
    } else {
        Vec::new()
    }
}

/// What became of the calls that did not return, in sentences. Of calls without numbers, how many.
fn outcome_summary(run: &Run, numbers: &[u32]) -> String {
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
                _ => format!("{} and did not complete", past_tense(outcome, many)),
            };
            (!numbers.is_empty()).then(|| format!("{calls} {list} {did}."))
        };
        let others = OUTCOMES.into_iter().filter(|outcome| *outcome != Outcome::Returned);
        return others.filter_map(sentence).collect::<Vec<_>>().join(" ");
    }
    if calls.iter().all(|call| call.outcome == Outcome::Returned) {
        return String::new();
    }
    if let [call] = calls {
        return format!("The call {}.", past_tense(call.outcome, false));
    }
    let counts = OUTCOMES.into_iter().filter_map(|outcome| match which(outcome).count() {
        0 => None,
        count => Some(format!("{count} {}", past_tense(outcome, count > 1))),
    });
    format!("Of {} calls, {}.", calls.len(), list(counts.collect()))
}

/// The outcomes in the order in which a summary has them.
const OUTCOMES: [Outcome; 5] =
    [Outcome::Returned, Outcome::Failed, Outcome::Panicked, Outcome::Dropped, Outcome::Running];

/// What a call did, or several, that ended in this way. Each outcome has its place in [`OUTCOMES`].
fn past_tense(outcome: Outcome, many: bool) -> &'static str {
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde_json::json;

    use super::*;

    fn predicted(calls: &str) -> Prediction {
        let text = format!("clock = \"virtual\"\ntotal = \"6s\"\n{calls}");
        prediction("x", &Run::parse(Path::new("x"), &text).expect("a recording"))
    }

    const FIRST: &str = "[[call]]\nname = \"f\"\ncall = 1\narguments = { delay = \"5s\" }\n\
                         start = \"0s\"\npolls = []\nend = \"5s\"\noutcome = \"returned\"\norder = 1\n";
    const DROPPED: &str = "[[call]]\nname = \"f\"\ncall = 2\narguments = { delay = \"8s\" }\n\
                           start = \"0s\"\npolls = []\nend = \"6s\"\noutcome = \"dropped\"\n";

    fn sum_and_longest(prediction: &Prediction) -> [u64; 2] {
        [prediction.sum, prediction.longest].map(|time| time.0.as_secs())
    }

    #[test]
    fn scripts_get_times_in_milliseconds() {
        assert_eq!(
            serde_json::to_value(predicted(&format!("{FIRST}{DROPPED}"))).expect("it is JSON"),
            json!({ "run": "x", "total": 6_000, "order": [1], "calls": [1, 2],
                "fates": "Call 2 was dropped and did not complete.", "isCut": true, "sum": 13_000,
                "longest": 8_000 })
        );
    }

    #[test]
    fn without_delays_a_call_counts_with_the_time_that_it_took() {
        let prediction = predicted(&format!("{FIRST}{DROPPED}").replace("delay", "other"));
        assert_eq!(sum_and_longest(&prediction), [11, 6]);
    }

    #[test]
    fn calls_of_several_functions_are_not_added_up() {
        let prediction = predicted(&format!("{FIRST}{}", DROPPED.replace("\"f\"", "\"g\"")));
        assert_eq!(sum_and_longest(&prediction), [0, 0]);
    }

    /// Calls that end in these ways, the number of each given by `number`, if it has one.
    fn ended(outcomes: &[&str], number: impl Fn(usize) -> Option<usize>) -> Prediction {
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

    #[test]
    fn a_call_that_fails_completes_and_one_that_is_dropped_does_not() {
        for (outcomes, order, fates) in [
            (&["returned", "returned"][..], &[1, 2][..], ""),
            (&["failed", "returned"], &[1, 2], "Call 1 completed by failing."),
            (
                &["dropped", "dropped", "failed"],
                &[3],
                "Call 3 completed by failing. Calls 1 and 2 were dropped and did not complete.",
            ),
            (
                &["returned", "panicked", "returned", "dropped", "running"],
                &[1, 3],
                "Call 2 panicked and did not complete. Call 4 was dropped and did not complete. Call 5 was \
                 still running and did not complete.",
            ),
            (
                &["running", "running", "running"],
                &[],
                "Calls 1, 2 and 3 were still running and did not complete.",
            ),
        ] {
            let prediction = ended(outcomes, |i| Some(i + 1));
            assert_eq!((prediction.order.as_slice(), prediction.fates.as_str()), (order, fates));
            assert_eq!(prediction.calls.len(), outcomes.len());
        }
    }

    #[test]
    fn where_there_is_no_order_none_is_asked_for() {
        let nine = ["returned"; 9];
        for (outcomes, number, fates) in [
            (&[][..], None, "No call has started."),
            (&["returned"], None, ""),
            (&["dropped"], None, "The call was dropped."),
            (&["failed"], Some(1), "The call failed."),
            (&["returned", "returned"], None, ""),
            // The same call, tried again and again.
            (&["failed", "failed", "returned"], Some(1), "Of 3 calls, 1 returned and 2 failed."),
            (
                &["dropped", "returned", "panicked", "dropped", "running"],
                None,
                "Of 5 calls, 1 returned, 1 panicked, 2 were dropped and 1 was still running.",
            ),
            (&nine, None, ""),
        ] {
            let prediction = ended(outcomes, |_| number);
            assert_eq!(prediction.fates, fates);
            assert!(prediction.order.is_empty() && prediction.calls.is_empty(), "{prediction:?}");
        }
        assert!(ended(&nine, |i| Some(i + 1)).calls.is_empty(), "that is too long an order");
    }
}
