//! Running a program and listening to it.

mod attribute;
mod subscriber;

use std::{
    cell::RefCell,
    env, fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak},
    time::Duration,
};

use tokio::runtime::{Builder, Runtime};
use tracing::dispatcher;

use self::subscriber::stay_on_this_thread;
#[cfg(feature = "watch")]
pub(crate) use self::subscriber::{Claim, Recording, Sink};
#[cfg(not(feature = "watch"))]
use self::subscriber::{Claim, Recording, Sink};
use crate::{
    Clock, Event, RecordingError, Run,
    file::{command, file_name},
    pending::new_file,
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
    // The threads that the runtime starts later are told where they belong. A strong reference
    // would be one in a circle: the recording has a handle of the runtime, to ask for the time.
    let home = Arc::new(OnceLock::<Weak<Recording>>::new());
    let home_of_threads = Arc::clone(&home);
    let runtime = Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .on_thread_start(move || {
            if let Some(recording) = home_of_threads.get().and_then(Weak::upgrade) {
                stay_on_this_thread(&recording.dispatch());
            }
        })
        .build()
        .expect("a current-thread runtime needs nothing that a test process lacks");
    let (events, sink) = collect();
    let recording = Recording::on_runtime(runtime.handle(), sink);
    home.get_or_init(|| Arc::downgrade(&recording));
    let claim = Claim::to_be_told(&recording);
    let (output, total) = dispatcher::with_default(&recording.dispatch(), || {
        let output = program(&runtime);
        let total = recording.elapsed();
        drop(runtime);
        (output, total)
    });
    drop(claim);
    let strays = recording.stop();
    let run = Run::from_events(Clock::Virtual, &lock(&events), total);
    (output, Run { strays, ..run })
}

/// A sink that collects the events.
fn collect() -> (Arc<Mutex<Vec<Event>>>, Sink) {
    let events = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&events);
    (events, Box::new(move |event| lock(&sink).push(event)))
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
    let (events, sink) = collect();
    let recording = Recording::on_wall_clock(sink);
    let claim = Claim::to_all_threads(&recording).expect(
        "a recording on the wall clock needs the process's global `tracing` subscriber, and the \
         program has set one of its own",
    );
    let output = program(second);
    let total = recording.elapsed();
    drop(claim);
    recording.stop();
    let run = Run::from_events(Clock::Wall, &lock(&events), total).in_whole_seconds(second);
    (output, run)
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
    /// records the run again. Also if there is no recording, or if it cannot be read. In all of
    /// these cases the run is kept next to the recording, for [`pending`](fn@crate::pending).
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

    /// Compares the [outline](Self::outline) of this run with that of the one which is recorded in
    /// `timeline.toml`: the same calls with the same arguments, starts, ends and outcomes.
    ///
    /// For programs that use real sockets, or several workers: nothing determines how often such
    /// calls are polled, nor which of two is first that end at the same time.
    ///
    /// # Panics
    ///
    /// As [`assert_recorded`](Self::assert_recorded) does.
    #[track_caller]
    pub fn assert_outline_recorded(&self) {
        self.compare_outline_with(&recording(None));
    }

    /// Compares the [outline](Self::outline) of this run with that of the one which is recorded in
    /// `<name>.timeline.toml`.
    ///
    /// # Panics
    ///
    /// As [`assert_recorded`](Self::assert_recorded) does.
    #[track_caller]
    pub fn assert_outline_recorded_as(&self, name: &str) {
        self.compare_outline_with(&recording(Some(name)));
    }

    #[track_caller]
    fn compare_with(&self, recording: &Path) {
        self.compare(recording, |recorded| recorded);
    }

    #[track_caller]
    fn compare_outline_with(&self, recording: &Path) {
        self.outline().compare(recording, |recorded| recorded.outline());
    }

    /// Compares this run with a part of the recorded one; or records it.
    #[track_caller]
    fn compare(&self, recording: &Path, part: impl FnOnce(Run) -> Run) {
        let new = new_file(recording);
        if is_recording() {
            self.write(recording).unwrap_or_else(|error| panic!("{error}"));
            return remove(&new);
        }
        let problem = match Run::read(recording).map(part) {
            Ok(recorded) if self.equals(&recorded) => return remove(&new),
            Ok(recorded) => format!(
                "{}: the run is not the recorded one\n\n{}",
                recording.display(),
                difference(&recorded, self)
            ),
            Err(error) => format!("{error}\n"),
        };
        let kept = match self.write(&new) {
            Ok(()) => format!("this run is kept in {}", new.display()),
            Err(error) => format!("this run could not be kept for a review: {error}"),
        };
        panic!("{problem}\nIf this run is the right one: {}\n{kept}\n", command(recording));
    }
}

/// Removes a run that was kept by an earlier test.
fn remove(new: &Path) {
    match fs::remove_file(new) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            panic!("{}: this run is out of date and cannot be removed: {error}", new.display())
        }
        _ => {}
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

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A program that panics while it is recorded leaves complete events behind.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
