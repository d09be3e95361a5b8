//! What the events of spans say of the calls.

use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};

use crate::{Call, Event, EventKind, Outcome};

/// The calls of a run, as far as its events tell.
#[derive(Default)]
pub(crate) struct Spans {
    by_id: HashMap<u64, usize>,
    spans: Vec<Span>,
    completed: u32,
    threads: HashMap<u64, u32>,
    tasks: HashMap<u64, u32>,
}

struct Span {
    call: Call,
    /// How many calls it is inside of.
    depth: usize,
    reports_return: bool,
    /// Every time that the span was entered, by its own future or by others.
    entries: Vec<Entry>,
}

/// A time that a span was entered.
struct Entry {
    thread: u64,
    task: Option<u64>,
    entered: Duration,
    left: Option<Duration>,
    /// Whether it was made by the future or the function that the span stands for. A future that
    /// was made by `in_current_span` enters the span of another one.
    is_own: bool,
    /// Whether the thread was unwinding already.
    entered_panicking: bool,
    /// Whether it was left by a panic from inside.
    panicked: bool,
}

impl Span {
    fn enter(&mut self, event: &Event, panicking: bool, task: Option<u64>, shared: bool) {
        // What has panicked is not polled again: it is dropped.
        if let Some(left) = self.last_own().filter(|entry| entry.panicked).and_then(|it| it.left) {
            self.end(left, Outcome::Panicked);
        }
        // A future stays in its task. One that moves to another takes its span along, if it has
        // not left clones of it behind.
        let is_own = !shared || self.last_own().is_none_or(|entry| entry.task == task);
        self.entries.push(Entry {
            thread: event.thread,
            task,
            entered: event.at,
            left: None,
            is_own,
            entered_panicking: panicking,
            panicked: false,
        });
        if is_own && !panicking && self.call.end.is_none() {
            self.call.polls.push(event.at);
        }
    }

    fn leave(&mut self, event: &Event, panicking: bool) {
        if let Some(entry) = self.open_entry(event.thread) {
            entry.left = Some(event.at);
            entry.panicked = panicking && !entry.entered_panicking;
        }
    }

    fn open_entry(&mut self, thread: u64) -> Option<&mut Entry> {
        self.entries.iter_mut().rev().find(|entry| entry.thread == thread && entry.left.is_none())
    }

    fn last_own(&self) -> Option<&Entry> {
        self.entries.iter().rev().find(|entry| entry.is_own)
    }

    /// The function has come to its own end. Only its own future does so: if that was in a task
    /// other than the one it was polled in first, it has moved there.
    fn complete(&mut self, event: &Event, outcome: Outcome, value: &str) {
        let task = self.open_entry(event.thread).filter(|entry| !entry.is_own).map(|it| it.task);
        if let Some(task) = task {
            let moved = self.entries.iter().position(|entry| entry.task == task);
            for (position, entry) in self.entries.iter_mut().enumerate() {
                entry.is_own =
                    entry.task == task || entry.is_own && moved.is_none_or(|at| position < at);
            }
            let own = self.entries.iter().filter(|entry| entry.is_own && !entry.entered_panicking);
            self.call.polls = own.map(|entry| entry.entered).collect();
        }
        self.end(event.at, outcome);
        self.call.value = Some(value.to_owned());
    }

    /// The future is dropped, or the plain function left; unless somebody else let go of the span.
    fn release(&mut self, thread: u64) {
        let last = self.entries.iter().rev().find(|entry| entry.thread == thread);
        if last.is_some_and(|entry| entry.is_own) {
            self.drop();
        }
    }

    /// The last entry of its own was the end, if there was none before.
    fn drop(&mut self) {
        if self.call.end.is_some() {
            return;
        }
        let own = self.entries.iter().filter(|entry| entry.is_own).count();
        let Some(last) = self.last_own() else {
            // Nobody has ever entered it.
            return self.end(self.call.start, self.without_report());
        };
        let (at, panicked) = (last.left.unwrap_or(last.entered), last.panicked);
        // The last of several entries was the drop, which is no poll. A plain function is entered
        // once only, and that was its run.
        if own > 1 && !last.entered_panicking {
            self.call.polls.pop();
        }
        // A panic in the drop is one in a destructor.
        let outcome = match panicked && own == 1 {
            true => Outcome::Panicked,
            false => self.without_report(),
        };
        self.end(at, outcome);
    }

    /// How a call ended that has not reported any end.
    fn without_report(&self) -> Outcome {
        if self.reports_return { Outcome::Dropped } else { Outcome::Unknown }
    }

    fn end(&mut self, at: Duration, outcome: Outcome) {
        if self.call.end.is_none() {
            self.call.end = Some(at);
            self.call.outcome = outcome;
        }
    }
}

impl Spans {
    /// Takes one more event into account. Returns the position of the call it belongs to, unless
    /// the event is of a span that was opened before the recording began.
    pub(crate) fn note(&mut self, event: &Event) -> Option<usize> {
        if let EventKind::Opened { parent, task, name, arguments, reports_return } = &event.kind {
            self.open(event, *parent, *task, name, arguments.clone(), *reports_return);
        }
        let position = *self.by_id.get(&event.span)?;
        let span = &mut self.spans[position];
        let is_over = span.call.end.is_some();
        match &event.kind {
            EventKind::Opened { .. } => {}
            EventKind::Entered { panicking, task, shared } => {
                span.enter(event, *panicking, *task, *shared);
            }
            EventKind::Left { panicking } => span.leave(event, *panicking),
            EventKind::Returned { value } => span.complete(event, Outcome::Returned, value),
            EventKind::Failed { error } => span.complete(event, Outcome::Failed, error),
            EventKind::Released => span.release(event.thread),
            EventKind::Closed if span.entries.is_empty() => {
                // It was never polled; a program that is only its report is not entered either.
                let outcome = span.without_report();
                span.end(event.at, outcome);
            }
            EventKind::Closed => span.drop(),
        }
        if !is_over && span.call.outcome.is_completed() {
            self.completed += 1;
            span.call.completion_rank = Some(self.completed);
        }
        if span.call.end.is_some() {
            // Whatever enters it from now on is of no interest.
            span.entries.retain(|entry| entry.left.is_none());
        }
        Some(position)
    }

    fn open(
        &mut self,
        event: &Event,
        parent: Option<u64>,
        task: Option<u64>,
        name: &str,
        mut arguments: BTreeMap<String, String>,
        reports_return: bool,
    ) {
        let id = arguments.get("call").and_then(|id| id.parse().ok());
        if id.is_some() {
            arguments.remove("call");
        }
        let next_thread = self.threads.len() as u32 + 1;
        let thread = *self.threads.entry(event.thread).or_insert(next_thread);
        let next_task = self.tasks.len() as u32 + 1;
        let task = task.map(|task| *self.tasks.entry(task).or_insert(next_task));
        self.by_id.insert(event.span, self.spans.len());
        let parent = parent.and_then(|parent| self.by_id.get(&parent).copied());
        let call = Call {
            name: name.to_owned(),
            id,
            arguments,
            parent,
            task,
            thread: Some(thread),
            start: event.at,
            polls: Vec::new(),
            end: None,
            outcome: Outcome::Running,
            completion_rank: None,
            value: None,
        };
        let depth = parent.map_or(0, |parent| self.spans[parent].depth + 1);
        self.spans.push(Span { call, depth, reports_return, entries: Vec::new() });
    }

    /// The call at a position that [`note`](Self::note) returned.
    #[cfg(feature = "watch")]
    pub(crate) fn call(&self, position: usize) -> &Call {
        &self.spans[position].call
    }

    /// How many calls the call at this position is inside of.
    #[cfg(feature = "watch")]
    pub(crate) fn depth(&self, position: usize) -> usize {
        self.spans[position].depth
    }

    /// The calls so far, in the order in which they started.
    #[cfg(feature = "watch")]
    pub(crate) fn calls(&self) -> impl Iterator<Item = &Call> {
        self.spans.iter().map(|span| &span.call)
    }

    /// The calls at the end of a recording.
    pub(crate) fn into_calls(self) -> Vec<Call> {
        self.spans.into_iter().map(|span| span.call).collect()
    }
}
