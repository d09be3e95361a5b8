//! The subscriber: what spans do, as events of the recording that they belong to.
//!
//! A recording has a [`Dispatch`] of its own, which is the default on its threads. For every other
//! thread the process has one subscriber more: a span that is opened there belongs to the
//! recording of the span around it or, on the wall clock, to the recording that is going on.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, HashMap},
    fmt,
    sync::{
        Arc, Mutex, OnceLock,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use tokio::runtime::Handle;
use tracing::{
    Dispatch, Metadata, Subscriber,
    callsite::Identifier,
    dispatcher::{self, DefaultGuard},
    field::{Field, Visit},
    span,
    subscriber::Interest,
};
use tracing_core::span::Current;

use super::{attribute::reports_return, lock};
use crate::{Event, EventKind};

/// What receives the events of a recording, in the order in which they happen.
pub(crate) type Sink = Box<dyn FnMut(Event) + Send>;

/// A recording that is going on.
pub(crate) struct Recording {
    clock: RecordingClock,
    sink: Mutex<Option<Sink>>,
    /// Functions that were called on threads which may or may not be the program's.
    strays: Mutex<Vec<String>>,
}

enum RecordingClock {
    /// The clock of a tokio runtime, whichever thread it is asked on.
    Runtime(Handle, tokio::time::Instant),
    Wall(Instant),
}

impl Recording {
    /// A recording on the clock of this runtime; time counts from now.
    pub(crate) fn on_runtime(handle: &Handle, sink: Sink) -> Arc<Recording> {
        let _entered = handle.enter();
        let clock = RecordingClock::Runtime(handle.clone(), tokio::time::Instant::now());
        Recording::start(clock, sink)
    }

    /// A recording on the wall clock; time counts from now.
    pub(crate) fn on_wall_clock(sink: Sink) -> Arc<Recording> {
        Recording::start(RecordingClock::Wall(Instant::now()), sink)
    }

    fn start(clock: RecordingClock, sink: Sink) -> Arc<Recording> {
        Arc::new(Recording { clock, sink: Mutex::new(Some(sink)), strays: Mutex::default() })
    }

    pub(crate) fn elapsed(&self) -> Duration {
        match &self.clock {
            RecordingClock::Runtime(handle, zero) => {
                let _entered = handle.enter();
                zero.elapsed()
            }
            RecordingClock::Wall(zero) => zero.elapsed(),
        }
    }

    /// Stops the recording; whatever its spans do from now on is not part of it. Returns the
    /// functions that were called on threads which no recording can claim.
    pub(crate) fn stop(&self) -> Vec<String> {
        *lock(&self.sink) = None;
        std::mem::take(&mut lock(&self.strays))
    }

    /// The dispatcher for the threads of the recording.
    pub(crate) fn dispatch(self: &Arc<Recording>) -> Dispatch {
        Dispatch::new(Router { home: Some(Arc::clone(self)) })
    }

    fn emit(&self, span: u64, kind: EventKind) {
        // The lock is held while the time is read, so that events are in the order of their times.
        let mut sink = lock(&self.sink);
        if let Some(sink) = sink.as_mut() {
            sink(Event { at: self.elapsed(), thread: thread_number(), span, kind });
        }
    }
}

/// Makes a dispatcher the default of this thread, for as long as the thread lives.
pub(crate) fn stay_on_this_thread(dispatch: &Dispatch) {
    thread_local! {
        static GUARD: RefCell<Option<DefaultGuard>> = const { RefCell::new(None) };
    }
    GUARD.set(Some(dispatcher::set_default(dispatch)));
}

/// The recordings that threads without one of their own may belong to.
#[derive(Default)]
struct Claimants {
    /// The recording on the wall clock, which claims all of them.
    wall: Option<Arc<Recording>>,
    /// Recordings on the virtual clock, which claim none.
    virtual_clock: Vec<Arc<Recording>>,
}

static CLAIMANTS: Mutex<Claimants> =
    Mutex::new(Claimants { wall: None, virtual_clock: Vec::new() });

/// Whether there is any claimant: asked at every event of the process.
static ANY_CLAIMANT: AtomicBool = AtomicBool::new(false);

/// Keeps a recording among the claimants until it is dropped.
pub(crate) struct Claim(Arc<Recording>);

impl Claim {
    /// Lets a recording on the wall clock have all threads that no other recording has. None if
    /// the program has a global subscriber of its own, so that those threads cannot be heard.
    pub(crate) fn to_all_threads(recording: &Arc<Recording>) -> Option<Claim> {
        let is_ours = listen_everywhere();
        is_ours.then(|| Claim::new(recording, |claimants, it| claimants.wall = Some(it)))
    }

    /// Lets a recording on the virtual clock know of calls that it may have missed.
    pub(crate) fn to_be_told(recording: &Arc<Recording>) -> Claim {
        listen_everywhere();
        Claim::new(recording, |claimants, it| claimants.virtual_clock.push(it))
    }

    fn new(recording: &Arc<Recording>, add: impl FnOnce(&mut Claimants, Arc<Recording>)) -> Claim {
        add(&mut lock(&CLAIMANTS), Arc::clone(recording));
        ANY_CLAIMANT.store(true, Ordering::Release);
        Claim(Arc::clone(recording))
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        let mut claimants = lock(&CLAIMANTS);
        claimants.wall.take_if(|wall| Arc::ptr_eq(wall, &self.0));
        claimants.virtual_clock.retain(|other| !Arc::ptr_eq(other, &self.0));
        let any = claimants.wall.is_some() || !claimants.virtual_clock.is_empty();
        ANY_CLAIMANT.store(any, Ordering::Release);
    }
}

/// Sets the subscriber of the process, once. Whether it is ours.
fn listen_everywhere() -> bool {
    static OURS: OnceLock<bool> = OnceLock::new();
    *OURS.get_or_init(|| {
        dispatcher::set_global_default(Dispatch::new(Router { home: None })).is_ok()
    })
}

/// The subscriber: of a recording, or of all threads that have none.
struct Router {
    home: Option<Arc<Recording>>,
}

/// A span that still has handles.
struct Known {
    /// None for the span of a thread that no recording claims.
    recording: Option<Arc<Recording>>,
    metadata: &'static Metadata<'static>,
    handles: usize,
    /// Whether it has ever had more than one handle.
    shared: bool,
}

/// The spans of all recordings. A handle of a span can be used on any thread, whatever the
/// subscriber of that thread is.
static KNOWN: Mutex<Option<HashMap<u64, Known>>> = Mutex::new(None);

/// An id that no other span of the process ever has.
static NEXT_SPAN: AtomicU64 = AtomicU64::new(1);

/// The spans that a thread is in.
#[derive(Default)]
struct Entered {
    /// The innermost last.
    stack: Vec<u64>,
    /// How often each of them has been entered.
    counts: HashMap<u64, u32>,
}

thread_local! {
    static ENTERED: RefCell<Entered> = RefCell::default();
    /// The span that this thread has just left: if its handle is dropped next, that is the handle
    /// by which it was entered.
    static JUST_LEFT: Cell<Option<u64>> = const { Cell::new(None) };
}

fn with_known<T>(span: u64, f: impl FnOnce(&mut Known) -> T) -> Option<T> {
    lock(&KNOWN).as_mut()?.get_mut(&span).map(f)
}

fn innermost() -> Option<u64> {
    ENTERED.with_borrow(|entered| entered.stack.last().copied())
}

fn emit(span: u64, kind: EventKind) {
    let recording = with_known(span, |known| known.recording.clone()).flatten();
    if let Some(recording) = recording {
        recording.emit(span, kind);
    }
}

/// The id of the tokio task that is being polled.
fn task_id() -> Option<u64> {
    // The number of a task can only be had by printing it.
    tokio::task::try_id().and_then(|task| task.to_string().parse().ok())
}

impl Subscriber for Router {
    fn register_callsite(&self, _: &'static Metadata<'static>) -> Interest {
        Interest::sometimes()
    }

    fn enabled(&self, _: &Metadata) -> bool {
        self.home.is_some() || ANY_CLAIMANT.load(Ordering::Acquire)
    }

    fn new_span(&self, attributes: &span::Attributes) -> span::Id {
        JUST_LEFT.set(None);
        let metadata = attributes.metadata();
        let parent = match attributes.parent() {
            Some(parent) => Some(parent.into_u64()),
            None if attributes.is_contextual() => innermost(),
            None => None,
        };
        let around = || {
            let span = parent.or_else(innermost)?;
            with_known(span, |known| known.recording.clone()).flatten()
        };
        let recording = self.home.clone().or_else(around).or_else(|| {
            let claimants = lock(&CLAIMANTS);
            // The threads on which a harness runs tests have names, those that a program starts
            // without further ado have none.
            if claimants.wall.is_none() && thread::current().name().is_none() {
                for recording in &claimants.virtual_clock {
                    lock(&recording.strays).push(metadata.name().to_owned());
                }
            }
            claimants.wall.clone()
        });
        let span = NEXT_SPAN.fetch_add(1, Ordering::Relaxed);
        lock(&KNOWN).get_or_insert_default().insert(
            span,
            Known { recording: recording.clone(), metadata, handles: 1, shared: false },
        );
        if let Some(recording) = recording {
            let mut arguments = Fields::default();
            attributes.record(&mut arguments);
            recording.emit(
                span,
                EventKind::Opened {
                    parent,
                    task: task_id(),
                    name: metadata.name().to_owned(),
                    arguments: arguments.0,
                    reports_return: cached_reports_return(metadata),
                },
            );
        }
        span::Id::from_u64(span)
    }

    fn record(&self, _: &span::Id, _: &span::Record) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &tracing::Event) {
        JUST_LEFT.set(None);
        let span = match event.parent() {
            Some(parent) => Some(parent.into_u64()),
            None if event.is_contextual() => innermost(),
            None => None,
        };
        let Some(span) = span else { return };
        // An event of the program's own can have a field of that name, too. Only the attribute's
        // events stand in the same line as its span.
        let place = |metadata: &Metadata<'static>| (metadata.file(), metadata.line());
        let is_of_the_attribute =
            with_known(span, |known| place(known.metadata) == place(event.metadata()));
        if is_of_the_attribute != Some(true) {
            return;
        }
        let mut fields = Fields::default();
        event.record(&mut fields);
        // The names that `#[instrument]` gives to what a function returns.
        if let Some(value) = fields.0.remove("return") {
            emit(span, EventKind::Returned { value });
        } else if let Some(error) = fields.0.remove("error") {
            emit(span, EventKind::Failed { error });
        }
    }

    fn enter(&self, id: &span::Id) {
        JUST_LEFT.set(None);
        let span = id.into_u64();
        // A span that is entered once more inside of itself is not polled once more.
        let is_inside = ENTERED.with_borrow_mut(|entered| {
            entered.stack.push(span);
            let count = entered.counts.entry(span).or_default();
            *count += 1;
            *count > 1
        });
        if !is_inside {
            let shared = with_known(span, |known| known.shared).unwrap_or_default();
            let panicking = thread::panicking();
            emit(span, EventKind::Entered { panicking, task: task_id(), shared });
        }
    }

    fn exit(&self, id: &span::Id) {
        let span = id.into_u64();
        let is_inside = ENTERED.with_borrow_mut(|entered| {
            if let Some(position) = entered.stack.iter().rposition(|&other| other == span) {
                entered.stack.remove(position);
            }
            match entered.counts.remove(&span) {
                Some(count) if count > 1 => {
                    entered.counts.insert(span, count - 1);
                    true
                }
                _ => false,
            }
        });
        JUST_LEFT.set((!is_inside).then_some(span));
        if !is_inside {
            emit(span, EventKind::Left { panicking: thread::panicking() });
        }
    }

    fn clone_span(&self, id: &span::Id) -> span::Id {
        with_known(id.into_u64(), |known| {
            known.handles += 1;
            known.shared = true;
        });
        id.clone()
    }

    fn try_close(&self, id: span::Id) -> bool {
        let span = id.into_u64();
        if JUST_LEFT.take() == Some(span) {
            emit(span, EventKind::Released);
        }
        let handles = with_known(span, |known| {
            known.handles -= 1;
            known.handles
        });
        if handles != Some(0) {
            return false;
        }
        emit(span, EventKind::Closed);
        let gone = lock(&KNOWN).as_mut().and_then(|known| known.remove(&span));
        // Not under the lock: the last handle of a recording may go with it.
        drop(gone);
        true
    }

    fn current_span(&self) -> Current {
        let current = innermost().and_then(|span| {
            let metadata = with_known(span, |known| known.metadata)?;
            Some(Current::new(span::Id::from_u64(span), metadata))
        });
        current.unwrap_or_else(Current::none)
    }
}

/// Whether a span reports that its function returns; the source is read once for each callsite.
fn cached_reports_return(metadata: &'static Metadata<'static>) -> bool {
    static CACHE: Mutex<Option<HashMap<Identifier, bool>>> = Mutex::new(None);
    let mut cache = lock(&CACHE);
    let cache = cache.get_or_insert_default();
    *cache
        .entry(metadata.callsite())
        .or_insert_with(|| reports_return(metadata.file(), metadata.line()))
}

/// A number for the current thread that no other thread of the process ever has.
fn thread_number() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    thread_local! {
        static THIS: u64 = NEXT.fetch_add(1, Ordering::Relaxed);
    }
    THIS.with(|number| *number)
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
