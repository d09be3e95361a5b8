//! A run: what its calls did.

use std::{
    any::type_name,
    collections::{BTreeMap, BTreeSet},
    fmt,
    str::FromStr,
    time::Duration,
};

use serde::{Deserialize, Serialize};

use crate::{Event, spans::Spans};

/// The clock that a run was timed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Clock {
    /// tokio's paused clock: it stands still while a task has work to do, and jumps to the next
    /// timer when none has. Times are exact.
    ///
    /// See [`tokio::time::pause`](https://docs.rs/tokio/latest/tokio/time/fn.pause.html).
    Virtual,
    /// The clock on the wall. Times are whole seconds of the book, rounded down.
    Wall,
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Clock::Virtual => "virtual",
            Clock::Wall => "wall",
        })
    }
}

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It returned a value.
    Returned,
    /// It returned an error.
    Failed,
    /// Its future was dropped before it was ready.
    Dropped,
    /// It panicked.
    Panicked,
    /// It ended, and nothing says how: it has no `#[instrument(ret)]`, which would have reported
    /// that it returned, so it may have returned or have been dropped.
    Unknown,
    /// It had not ended when the recording stopped.
    Running,
}

impl Outcome {
    /// Whether the call came to its own end, with a value or with an error.
    pub fn is_completed(self) -> bool {
        matches!(self, Outcome::Returned | Outcome::Failed)
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Outcome::Returned => "returned",
            Outcome::Failed => "failed",
            Outcome::Dropped => "dropped",
            Outcome::Panicked => "panicked",
            Outcome::Unknown => "unknown",
            Outcome::Running => "running",
        })
    }
}

/// One execution of an instrumented function.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The function.
    pub name: String,
    /// Its argument `call`, if it has one: the number by which the text speaks of it.
    pub id: Option<u32>,
    /// Its other arguments, as `Debug` prints them.
    pub arguments: BTreeMap<String, String>,
    /// The position in [`Run::calls`] of the call that made this one.
    pub parent: Option<usize>,
    /// The spawned task in which it was made: 1 for the first task to make a call. None in the
    /// future that the runtime was entered with, and outside of a runtime.
    pub task: Option<u32>,
    /// On the wall clock, the thread it ran on: 1 for the first thread to make a call.
    pub thread: Option<u32>,
    /// When it started: an `async fn` starts at its first poll.
    pub start: Duration,
    /// When it was polled; empty on the wall clock, where the number of polls is left to chance.
    pub polls: Vec<Duration>,
    /// When it ended; `None` while it is [running](Outcome::Running).
    pub end: Option<Duration>,
    /// How it ended.
    pub outcome: Outcome,
    /// Its place among the completed calls: 1 for the first to complete.
    pub completion_rank: Option<u32>,
    /// The value that it returned, as `Debug` prints it. It is known of a run, not of a recording:
    /// random numbers differ from run to run.
    pub value: Option<String>,
}

impl Call {
    /// What the call is called in tables and figures: `call 1`; or `send 3` by its function and its
    /// number among the calls of it; or its function's name.
    pub fn label(&self) -> String {
        match (self.id, self.nth()) {
            (Some(number), _) => format!("call {number}"),
            (None, Some(n)) => format!("{} {n}", self.name),
            (None, None) => self.name.clone(),
        }
    }

    /// Its argument `n`, if it is a number: its place among the calls of its function.
    pub fn nth(&self) -> Option<u32> {
        self.arguments.get("n")?.parse().ok()
    }

    /// The arguments that are not in the [label](Self::label).
    pub(crate) fn other_arguments(&self) -> impl Iterator<Item = (&String, &String)> {
        let is_told = self.id.is_none() && self.nth().is_some();
        self.arguments.iter().filter(move |(name, _)| !(is_told && *name == "n"))
    }
}

/// What the calls of one run did.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    pub(crate) clock: Clock,
    pub(crate) total: Duration,
    pub(crate) calls: Vec<Call>,
    /// Functions that were called on threads which no recording could claim.
    pub(crate) strays: Vec<String>,
}

impl Run {
    /// The run of a program that emitted these events.
    ///
    /// `total` is the time at which the program ended. The calls are in the order in which they
    /// started.
    pub fn from_events(clock: Clock, events: &[Event], total: Duration) -> Run {
        let mut spans = Spans::default();
        for event in events {
            spans.note(event);
        }
        let mut calls = spans.into_calls();
        if clock == Clock::Virtual {
            for call in &mut calls {
                call.thread = None;
            }
        }
        Run { clock, total, calls, strays: Vec::new() }
    }

    /// The clock that the run was timed by.
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// The time from the start of the program to its end.
    pub fn total(&self) -> Duration {
        self.total
    }

    /// The calls, in the order in which they started.
    pub fn calls(&self) -> &[Call] {
        &self.calls
    }

    /// The numbers of the calls that came to their own end, first to complete first. Calls
    /// without a number are left out.
    pub fn completion_order(&self) -> Vec<u32> {
        let mut completed: Vec<&Call> =
            self.calls.iter().filter(|c| c.completion_rank.is_some()).collect();
        completed.sort_by_key(|call| call.completion_rank);
        completed.iter().filter_map(|call| call.id).collect()
    }

    /// The calls of a function, in the order in which they started.
    pub fn calls_of(&self, function: &str) -> impl Iterator<Item = &Call> {
        self.calls.iter().filter(move |call| call.name == function)
    }

    /// The call with this `id`; the first of them, if there are several.
    ///
    /// # Panics
    ///
    /// If no call of the run has the `id`.
    #[track_caller]
    pub fn call(&self, id: u32) -> &Call {
        self.calls.iter().find(|call| call.id == Some(id)).unwrap_or_else(|| {
            let ids: Vec<String> =
                self.calls.iter().flat_map(|call| call.id).map(|id| id.to_string()).collect();
            let others = match ids.as_slice() {
                [] => "nor any other with an id".to_owned(),
                ids => format!("only call {}", ids.join(", ")),
            };
            let notes: String = self.notes().iter().map(|note| format!("\n{note}")).collect();
            panic!("no call {id} was made in this run, {others}{notes}")
        })
    }

    /// What the call with this `id` returned, parsed from the text that `Debug` printed. A string
    /// is without its quotation marks.
    ///
    /// # Panics
    ///
    /// If no call of the run has the `id`, if the call did not return, or if the text is not a
    /// value of the type.
    #[track_caller]
    pub fn returned<T: FromStr>(&self, id: u32) -> T {
        let call = self.call(id);
        let value = match (&call.value, call.outcome) {
            (Some(value), Outcome::Returned) => value,
            (None, Outcome::Returned) => {
                panic!("what call {id} returned is not in a recording, only in a run")
            }
            (_, outcome) => panic!("call {id} returned nothing: it is {outcome}"),
        };
        let text = unquoted(value).unwrap_or_else(|| value.clone());
        text.parse().unwrap_or_else(|_| {
            panic!("call {id} returned `{value}`, which is not a `{}`", type_name::<T>())
        })
    }

    /// For each numbered call, in the order of the numbers, how often it was polled.
    pub fn poll_counts(&self) -> Vec<usize> {
        let numbered: BTreeMap<u32, usize> =
            self.calls.iter().filter_map(|call| Some((call.id?, call.polls.len()))).collect();
        numbered.into_values().collect()
    }

    /// What the run cannot tell, a sentence each, and what to do about it: ends that nothing
    /// reported, and calls on threads that may or may not be the program's.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        let unknown = self.calls.iter().filter(|call| call.outcome == Outcome::Unknown);
        let unknown: BTreeSet<&str> = unknown.map(|call| call.name.as_str()).collect();
        if !unknown.is_empty() {
            notes.push(format!(
                "how {} ended is unknown: add `ret`, as in #[instrument(ret)]",
                list(unknown)
            ));
        }
        let strays: BTreeSet<&str> = self.strays.iter().map(String::as_str).collect();
        if !strays.is_empty() {
            notes.push(format!(
                "not recorded: {}, called on a thread that may not be the program's; start it by \
                 `spawn_blocking`, enter the span of a call in it, or use `record_wall`",
                list(strays)
            ));
        }
        notes
    }

    /// Whether both runs are the same in everything that is recorded: all but the values.
    #[cfg(feature = "record")]
    pub(crate) fn equals(&self, other: &Run) -> bool {
        let without_values = |run: &Run| {
            let mut run = run.clone();
            run.strays.clear();
            run.calls.iter_mut().for_each(|call| call.value = None);
            run
        };
        without_values(self) == without_values(other)
    }

    /// Whether something in this run ended before it did in the other: no noise can do that.
    #[cfg(feature = "record")]
    pub(crate) fn is_early(&self, other: &Run) -> bool {
        let ends = |run: &Run| -> BTreeMap<(String, Option<u32>), Option<Duration>> {
            run.calls.iter().map(|call| ((call.name.clone(), call.id), call.end)).collect()
        };
        let recorded = ends(other);
        self.total < other.total
            || ends(self).iter().any(|(call, end)| end.is_some() && recorded.get(call) > Some(end))
    }

    /// For each call, how many calls it is inside of.
    #[cfg(feature = "record")]
    fn depths(&self) -> Vec<usize> {
        let mut depths: Vec<usize> = Vec::with_capacity(self.calls.len());
        for call in &self.calls {
            // A parent always stands above.
            depths.push(call.parent.map_or(0, |parent| depths[parent] + 1));
        }
        depths
    }

    /// The run in seconds of the book, where one such second lasted `second`: times are rounded
    /// down to whole seconds, and calls that started in the same second are put in the order of
    /// their numbers, a call always below the one that made it.
    #[cfg(feature = "record")]
    pub(crate) fn in_whole_seconds(mut self, second: Duration) -> Run {
        let whole = |at: Duration| seconds((at.as_nanos() / second.as_nanos()) as u64);
        self.total = whole(self.total);
        for call in &mut self.calls {
            call.start = whole(call.start);
            call.end = call.end.map(whole);
            call.polls.clear();
            for value in call.arguments.values_mut() {
                if let Some(duration) = parse_debug(value) {
                    // To the millisecond: a division leaves traces far below it.
                    let milliseconds = duration.div_duration_f64(second) * 1_000.0;
                    *value = format!("{:?}", Duration::from_millis(milliseconds.round() as u64));
                }
            }
        }
        let depths = self.depths();
        let mut order: Vec<usize> = (0..self.calls.len()).collect();
        order.sort_by_key(|&i| {
            let call = &self.calls[i];
            (call.start, depths[i], call.id, call.nth(), i)
        });
        let mut run = self.reordered(&order);
        let mut threads = BTreeMap::new();
        let mut tasks = BTreeMap::new();
        for call in &mut run.calls {
            let next_thread = threads.len() as u32 + 1;
            call.thread = call.thread.map(|id| *threads.entry(id).or_insert(next_thread));
            let next_task = tasks.len() as u32 + 1;
            call.task = call.task.map(|id| *tasks.entry(id).or_insert(next_task));
        }
        run
    }

    /// The run with its calls in this order: positions in [`calls`](Self::calls).
    #[cfg(feature = "record")]
    fn reordered(&self, order: &[usize]) -> Run {
        let mut place = vec![0; order.len()];
        for (new, &old) in order.iter().enumerate() {
            place[old] = new;
        }
        let calls = order.iter().map(|&old| {
            let call = self.calls[old].clone();
            Call { parent: call.parent.map(|parent| place[parent]), ..call }
        });
        Run { calls: calls.collect(), strays: self.strays.clone(), ..*self }
    }

    /// The run without what is left to chance where real sockets or several threads are involved:
    /// polls, tasks and threads. Calls that start at the same time are in the order of their ids
    /// and names, and so are calls that complete at the same time.
    #[cfg(feature = "record")]
    pub fn outline(&self) -> Run {
        let depths = self.depths();
        let mut order: Vec<usize> = (0..self.calls.len()).collect();
        order.sort_by_key(|&i| {
            let call = &self.calls[i];
            let place = (call.start, depths[i], call.id, call.nth());
            (place, call.name.as_str(), &call.arguments, call.end, i)
        });
        let mut run = self.reordered(&order);
        let mut completed: Vec<usize> =
            (0..run.calls.len()).filter(|&i| run.calls[i].completion_rank.is_some()).collect();
        completed.sort_by_key(|&i| run.calls[i].end);
        for (rank, i) in (1..).zip(completed) {
            run.calls[i].completion_rank = Some(rank);
        }
        for call in &mut run.calls {
            call.polls.clear();
            call.task = None;
            call.thread = None;
        }
        run
    }
}

/// `a`, `b` and `c`, each in backticks.
fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

/// The string of which `Debug` printed this; none if it is not a string.
fn unquoted(text: &str) -> Option<String> {
    let mut rest = text.strip_prefix('"')?.strip_suffix('"')?.chars();
    let mut string = String::new();
    while let Some(c) = rest.next() {
        string.push(match c {
            '\\' => match rest.next()? {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                '0' => '\0',
                'u' => {
                    let digits: String = rest.by_ref().take_while(|&c| c != '}').collect();
                    char::from_u32(u32::from_str_radix(digits.strip_prefix('{')?, 16).ok()?)?
                }
                c => c,
            },
            c => c,
        });
    }
    Some(string)
}

/// A duration of whole seconds: `seconds(8)` reads better in a proof than
/// `Duration::from_secs(8)`.
pub const fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}

/// Reads what `Duration`'s `Debug` writes: `5s`, `1.5s`, `50ms`, `20µs`, `7ns`.
#[cfg(feature = "record")]
fn parse_debug(text: &str) -> Option<Duration> {
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (number, unit) = text.split_at(digits);
    let nanos = match unit {
        "s" => 1e9,
        "ms" => 1e6,
        "µs" => 1e3,
        "ns" => 1.0,
        _ => return None,
    };
    Some(Duration::from_nanos((number.parse::<f64>().ok()? * nanos).round() as u64))
}
