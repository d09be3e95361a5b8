//! Running a program and listening to it.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    env, fmt,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

use tokio::{
    runtime::{Builder, Runtime},
    time::Instant,
};
use tracing::{
    Dispatch, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};
use tracing_subscriber::{Layer, layer::Context, prelude::*, registry::LookupSpan};

use crate::{
    Clock, Event, EventKind, RecordingError, Run,
    file::{command, file_name},
    table::difference,
};

/// Runs a future to its end on the virtual clock and records the calls that it makes. Returns what
/// the future returned, and the run.
///
/// The runtime is tokio's current-thread scheduler with
/// [`start_paused`](https://docs.rs/tokio/latest/tokio/runtime/struct.Builder.html#method.start_paused):
/// time moves only when every task waits, and then straight to the next timer. A program that
/// blocks its thread does not move it: record that with [`record_wall`].
///
/// The run ends when the future does. Tasks that have not finished by then are dropped with the
/// runtime, as they are at the end of `main`.
///
/// # Panics
///
/// If the future panics.
pub fn record<T>(program: impl Future<Output = T>) -> (T, Run) {
    record_with(|runtime| runtime.block_on(program))
}

/// Like [`record`](fn@record), for a program that is given the runtime and enters it itself. The
/// run ends when the program returns.
///
/// # Panics
///
/// If the program panics.
pub fn record_with<T>(program: impl FnOnce(&Runtime) -> T) -> (T, Run) {
    let runtime = Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build()
        .expect("a current-thread runtime needs nothing that a test process lacks");
    let events = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&events);
    let recorder = {
        let _clock = runtime.enter();
        Recorder::new(move |event| lock(&sink).push(event))
    };
    let zero = recorder.zero();
    let dispatch = Dispatch::new(tracing_subscriber::registry().with(recorder));
    let (output, total) = tracing::dispatcher::with_default(&dispatch, || {
        let output = program(&runtime);
        let total = {
            let _clock = runtime.enter();
            zero.elapsed()
        };
        drop(runtime);
        (output, total)
    });
    let run = Run::from_events(Clock::Virtual, &lock(&events), total);
    (output, run)
}

/// How long a second of the book lasts in the first try of a program on the wall clock, in
/// milliseconds; each further try doubles it.
const FIRST_SECOND: u64 = 10;

/// How often a program on the wall clock is tried.
const TRIES: u32 = 7;

/// Runs a program that really waits, and records the calls that it makes on all its threads.
/// Returns what the program returned, and the run.
///
/// The program is given the length of a second: ten milliseconds at first. Sleeping is never
/// shorter than it should be
/// ([`std::thread::sleep`](https://doc.rust-lang.org/std/thread/fn.sleep.html)), so a call that
/// ends earlier than in the recording `timeline.toml` is wrong at once. It can be longer, because
/// the machine is busy. That noise does not grow with the length of a second; so if calls are
/// late, the program is tried again with a second twice as long, up to 640 ms. A late call that is
/// the program's own fault is late at every length. That is why the recording is read before the
/// program runs.
///
/// Recordings on the wall clock wait for each other: spans are collected from every thread of
/// the process.
///
/// # Panics
///
/// If the program panics, or if the recording cannot be read.
pub fn record_wall<T>(program: impl FnMut(Duration) -> T) -> (T, Run) {
    record_wall_against(&recording(None), program)
}

/// Like [`record_wall`], for a run whose recording is `<name>.timeline.toml`.
///
/// # Panics
///
/// If the program panics, or if the recording cannot be read.
pub fn record_wall_as<T>(name: &str, program: impl FnMut(Duration) -> T) -> (T, Run) {
    record_wall_against(&recording(Some(name)), program)
}

fn record_wall_against<T>(recording: &Path, mut program: impl FnMut(Duration) -> T) -> (T, Run) {
    if is_recording() {
        let _turn = lock(&ONE_AT_A_TIME);
        // A generous second, since whatever this run shows will be the measure.
        return try_on_wall(Duration::from_millis(200), &mut program);
    }
    let recorded = match Run::read(recording) {
        Ok(recorded) => Some(recorded),
        // The claims next to the recording are still worth checking; `assert_recorded` will report
        // what is missing.
        Err(RecordingError::Missing { .. }) => None,
        Err(error) => panic!("{error}"),
    };
    record_wall_until(program, |run| {
        recorded.as_ref().is_none_or(|recorded| run.equals(recorded) || run.is_early(recorded))
    })
}

/// Like [`record_wall`], for a program whose measure is not a recording: it is tried with longer
/// seconds until `settled` says that the run needs no further try. Returns the last run, settled
/// or not, and what the program returned in it.
///
/// # Panics
///
/// If the program panics.
pub fn record_wall_until<T>(
    mut program: impl FnMut(Duration) -> T,
    settled: impl Fn(&Run) -> bool,
) -> (T, Run) {
    let _turn = lock(&ONE_AT_A_TIME);
    let mut second = Duration::from_millis(FIRST_SECOND);
    let mut tried = try_on_wall(second, &mut program);
    for _ in 1..TRIES {
        if settled(&tried.1) {
            break;
        }
        second *= 2;
        tried = try_on_wall(second, &mut program);
    }
    tried
}

/// Recordings on the wall clock wait for each other: see [`record_wall`].
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

fn try_on_wall<T>(second: Duration, program: &mut impl FnMut(Duration) -> T) -> (T, Run) {
    let events = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&events);
    let zero = process_wide::start(move |event| lock(&sink).push(event));
    let output = program(second);
    let total = zero.elapsed();
    process_wide::stop();
    let run = Run::from_events(Clock::Wall, &lock(&events), total).in_whole_seconds(second);
    (output, run)
}

/// The recorder of wall-clock runs, which must hear every thread. A process can have one such
/// subscriber only, so it stays, and hears nothing between two recordings.
mod process_wide {
    use super::*;

    type Sink = Box<dyn Fn(Event) + Send>;
    static SINK: Mutex<Option<Sink>> = Mutex::new(None);
    static RECORDER: std::sync::OnceLock<Recorder> = std::sync::OnceLock::new();

    pub(super) fn start(sink: impl Fn(Event) + Send + 'static) -> Instant {
        let recorder = RECORDER.get_or_init(|| {
            let recorder = Recorder::new(|event| {
                if let Some(sink) = &*lock(&SINK) {
                    sink(event);
                }
            });
            let subscriber = tracing_subscriber::registry().with(recorder.clone());
            tracing::subscriber::set_global_default(subscriber)
                .expect("only recordings set a subscriber for the whole process");
            recorder
        });
        *lock(&SINK) = Some(Box::new(sink));
        recorder.restart()
    }

    pub(super) fn stop() {
        *lock(&SINK) = None;
    }
}

impl Run {
    /// Compares this run with the one that is recorded in `timeline.toml`, in every cell.
    ///
    /// The file is next to the `Cargo.toml` of the package under test, or in the folder that
    /// [`recordings_in`] has named. With `TIMELINE=record` in the environment, the recording is
    /// written instead.
    ///
    /// # Panics
    ///
    /// If the runs differ: with both tables, the differing cells marked, and the command that
    /// records the run again. Also if there is no recording, or if it cannot be read.
    #[track_caller]
    pub fn assert_recorded(&self) {
        self.compare_with(&recording(None));
    }

    /// Compares this run with the one that is recorded in `<name>.timeline.toml`; like
    /// [`assert_recorded`](Self::assert_recorded) in everything else.
    ///
    /// # Panics
    ///
    /// As [`assert_recorded`](Self::assert_recorded) does.
    #[track_caller]
    pub fn assert_recorded_as(&self, name: &str) {
        self.compare_with(&recording(Some(name)));
    }

    #[track_caller]
    fn compare_with(&self, recording: &Path) {
        if is_recording() {
            if let Err(error) = self.write(recording) {
                panic!("{error}");
            }
            return;
        }
        let recorded = Run::read(recording).unwrap_or_else(|error| panic!("{error}"));
        if !self.equals(&recorded) {
            panic!(
                "{}: the run is not the recorded one\n\n{}\nIf this run is the right one: {}\n",
                recording.display(),
                difference(&recorded, self),
                command(recording)
            );
        }
    }
}

/// A [`Layer`] that turns what spans do into [`Event`]s.
///
/// It tells the time by [`tokio::time::Instant`]: inside a paused runtime that is the virtual
/// clock, elsewhere the clock on the wall.
#[derive(Clone)]
pub struct Recorder {
    zero: Arc<Mutex<Instant>>,
    spans: Arc<AtomicU64>,
    sink: Arc<dyn Fn(Event) + Send + Sync>,
}

impl Recorder {
    /// A recorder that hands every event to `sink`, on the thread where it happens. Time counts
    /// from now.
    pub fn new(sink: impl Fn(Event) + Send + Sync + 'static) -> Recorder {
        Recorder {
            zero: Arc::new(Mutex::new(Instant::now())),
            spans: Arc::default(),
            sink: Arc::new(sink),
        }
    }

    fn zero(&self) -> Instant {
        *lock(&self.zero)
    }

    fn restart(&self) -> Instant {
        let now = Instant::now();
        *lock(&self.zero) = now;
        now
    }

    fn emit<'a, S>(&self, span: &span::Id, context: &Context<'a, S>, kind: EventKind)
    where
        S: Subscriber + for<'b> LookupSpan<'b>,
    {
        let Some(span) = context.span(span) else { return };
        let Some(&Number(span)) = span.extensions().get() else { return };
        (self.sink)(Event { at: self.zero().elapsed(), thread: thread_number(), span, kind });
    }
}

/// The number that a span goes by in events: `tracing` hands its own ids out again.
struct Number(u64);

/// A number for the current thread that no other thread of the process ever has.
fn thread_number() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    thread_local! {
        static THIS: u64 = NEXT.fetch_add(1, Ordering::Relaxed);
    }
    THIS.with(|number| *number)
}

impl<S> Layer<S> for Recorder
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    fn on_new_span(&self, attributes: &span::Attributes, id: &span::Id, context: Context<S>) {
        let Some(span) = context.span(id) else { return };
        let number = self.spans.fetch_add(1, Ordering::Relaxed);
        span.extensions_mut().insert(Number(number));
        let parent = span.parent().and_then(|parent| {
            let extensions = parent.extensions();
            extensions.get::<Number>().map(|number| number.0)
        });
        let mut arguments = Fields::default();
        attributes.record(&mut arguments);
        // The number of a task can only be had by printing it.
        let task = tokio::task::try_id().and_then(|task| task.to_string().parse().ok());
        let name = attributes.metadata().name().to_owned();
        self.emit(id, &context, EventKind::Opened { parent, task, name, arguments: arguments.0 });
    }

    fn on_enter(&self, id: &span::Id, context: Context<S>) {
        self.emit(id, &context, EventKind::Entered { panicking: thread::panicking() });
    }

    fn on_exit(&self, id: &span::Id, context: Context<S>) {
        self.emit(id, &context, EventKind::Left { panicking: thread::panicking() });
    }

    fn on_event(&self, event: &tracing::Event, context: Context<S>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        // The names that `#[instrument]` gives to what a function returns.
        let what = if let Some(value) = fields.0.remove("return") {
            EventKind::Returned { value }
        } else if let Some(error) = fields.0.remove("error") {
            EventKind::Failed { error }
        } else {
            return;
        };
        let Some(span) = context.event_span(event) else { return };
        // An event of the program's own can have a field of that name, too. Only the attribute's
        // events stand in the same line as its span.
        let place = |metadata: &Metadata<'static>| (metadata.file(), metadata.line());
        if place(event.metadata()) == place(span.metadata()) {
            self.emit(&span.id(), &context, what);
        }
    }

    fn on_close(&self, id: span::Id, context: Context<S>) {
        self.emit(&id, &context, EventKind::Closed);
    }
}

/// The fields of a span or an event, as `Debug` prints them.
#[derive(Default)]
struct Fields(BTreeMap<String, String>);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.to_owned());
    }
}

/// Whether recordings are to be written, not compared.
fn is_recording() -> bool {
    match env::var_os("TIMELINE") {
        Some(mode) if mode == "record" => true,
        Some(mode) => {
            panic!("TIMELINE={}: the only value it can have is `record`", mode.display())
        }
        None => false,
    }
}

thread_local! {
    static RECORDINGS: RefCell<Option<PathBuf>> = const { RefCell::new(None) };
}

/// Names the folder of the recordings that this thread makes and compares; a relative path is
/// relative to the package under test.
///
/// Only a test that does not run in the package which its recordings belong to needs it. The folder
/// is that of a thread and not of the process, because tests of several packages can run next to
/// each other.
pub fn recordings_in(folder: impl Into<PathBuf>) {
    RECORDINGS.set(Some(folder.into()));
}

/// The file of a recording.
fn recording(name: Option<&str>) -> PathBuf {
    let package =
        env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from("."), PathBuf::from);
    let folder = RECORDINGS.with_borrow(|folder| match folder {
        None => package.clone(),
        Some(folder) => package.join(folder),
    });
    folder.join(file_name(name))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A program that panics while it is recorded leaves complete events behind.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
