//! Watching a program in the terminal while it runs.
//!
//! The program is the same executable, started once more as a child: so its output arrives
//! through a pipe and can be shown above a picture that changes, and the watcher outlives
//! whatever happens to it. The child reports over a socket what its calls do.

mod picture;
mod screen;
mod wire;

use std::{
    env,
    io::{self, Read, Write},
    path::Path,
    process::{self, Child, Command, ExitCode, ExitStatus, Stdio, Termination},
    sync::{
        Arc, Mutex,
        mpsc::{self, Receiver, RecvTimeoutError, SyncSender},
    },
    thread,
    time::{Duration, Instant},
};

use thiserror::Error;

use self::{
    screen::{Screen, Stream},
    wire::{Listener, MalformedMessage, Message, Outgoing},
};
use crate::{
    Run,
    record::{Claim, Recording, lock},
    spans::Spans,
};

/// Set in the environment of the program that is watched: the address of its watcher.
const WATCHED: &str = "TIMELINE_WATCHED";

/// How long a picture is shown before the next.
const FRAME: Duration = Duration::from_millis(50);

/// How long a program may go on after Ctrl-C. The terminal has sent it the same signal, and it may
/// have something to say about that.
const GRACE: Duration = Duration::from_secs(3);

/// How long the output of a program that has ended is awaited after its last piece. Usually it is
/// closed at once, but another process that the program has started may keep it open.
const SILENCE: Duration = Duration::from_secs(1);

/// What a shell reports of a program that Ctrl-C ended: 128 and the number of the signal.
const INTERRUPTED: u8 = 130;

/// Runs a program and shows what its calls do while they do it.
///
/// In a terminal, that is a picture: a line for each call, with a bar on a time axis that all
/// calls share. The output of the program scrolls above it. Elsewhere, it is a line of text
/// whenever a call starts or ends; lines of the program itself come after a `|`, and what a call
/// prints always after the line of its start. At the end follows a table of the calls. Colours are
/// left out if `NO_COLOR` is set.
///
/// The length of the axis is that of the recordings next to the `Cargo.toml` of the package, whose
/// folder `cargo run` names in the environment. Without any it grows.
///
/// The exit code is that of the program, 130 if Ctrl-C or `SIGTERM` ended it, and 1 if it could not
/// be watched.
///
/// To be called first thing in `main`: the executable starts itself a second time with the same
/// arguments, and only there the program runs.
pub fn watch<T: Termination>(program: impl FnOnce() -> T) -> ExitCode {
    let outcome = match env::var_os(WATCHED) {
        Some(address) => run_watched(&address.to_string_lossy(), program),
        None => Watcher::start().and_then(Watcher::watch),
    };
    outcome.unwrap_or_else(|error| {
        // If standard error is gone as well, nobody can be told.
        let _ = writeln!(io::stderr(), "error: {error}");
        ExitCode::FAILURE
    })
}

/// Why a program could not be watched.
#[derive(Debug, Error)]
enum WatchError {
    #[error("cannot find this program's own executable, to start it once more: {0}")]
    Executable(io::Error),
    #[error("cannot start this program once more, to watch it: {0}")]
    Start(io::Error),
    #[error("cannot listen for this program on the loopback network: {0}")]
    Listen(io::Error),
    #[error("cannot connect to the watcher of this program: {0}")]
    Connect(io::Error),
    #[error("cannot listen to Ctrl-C: {0}")]
    Signals(#[from] ctrlc::Error),
    #[error("cannot record the program: the process has a global `tracing` subscriber already")]
    Record,
    #[error("cannot read the output of the program: {0}")]
    Read(io::Error),
    #[error(transparent)]
    Malformed(#[from] MalformedMessage),
    #[error("cannot show the program: {0}")]
    Show(io::Error),
    #[error("cannot learn how the program ended: {0}")]
    Wait(io::Error),
}

/// The part of [`watch`] that is played by the child: it runs the program.
fn run_watched<T: Termination>(
    address: &str,
    program: impl FnOnce() -> T,
) -> Result<ExitCode, WatchError> {
    /// Reports the end of the program on the way out of it, which may be a panic.
    struct Ending(Instant, Report);

    impl Drop for Ending {
        fn drop(&mut self) {
            self.1.send(&Message::Ended { at: self.0.elapsed() });
        }
    }

    let report =
        Report(Arc::new(Mutex::new(Outgoing::connect(address).map_err(WatchError::Connect)?)));
    let events = report.clone();
    let recording =
        Recording::on_wall_clock(Box::new(move |event| events.send(&Message::Event(event))));
    let _claim = Claim::to_all_threads(&recording).ok_or(WatchError::Record)?;
    report.send(&Message::Began);
    let ending = Ending(Instant::now(), report);
    let output = program();
    drop(ending);
    Ok(output.report())
}

/// What the program reports to its watcher, from any thread.
#[derive(Clone)]
struct Report(Arc<Mutex<Outgoing>>);

impl Report {
    fn send(&self, message: &Message) {
        if lock(&self.0).send(message).is_err() {
            // The watcher was killed. Its program shall not outlive it.
            process::exit(1);
        }
    }
}

/// Updates from the reader threads and the signal handler.
enum Update {
    Output(Stream, Vec<u8>),
    Message(Message),
    /// One of the streams has come to its end.
    Closed,
    Lost(WatchError),
    Interrupted,
}

/// The part of [`watch`] that is played by the parent: it shows the program.
struct Watcher {
    program: Program,
    updates: Receiver<Update>,
    open_streams: u32,
    spans: Spans,
    /// When the program began, by the watcher's own clock.
    began: Option<Instant>,
    /// The latest time that the program reported.
    latest: Duration,
    ended: bool,
    interrupted: Option<Instant>,
    /// How long the recorded runs of the listing take, one after the other.
    recorded: Option<Duration>,
    screen: Screen,
}

/// The child. However the watcher leaves, it does not leave the child behind.
struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        // Both fail only if the child has been waited for already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Watcher {
    fn start() -> Result<Watcher, WatchError> {
        // The bound makes a program that floods the screen wait for the screen, as it would
        // without a watcher.
        let (sender, updates) = mpsc::sync_channel(64);
        // Before the child is there: from then on a signal must not end the watcher alone.
        let interrupted = sender.clone();
        ctrlc::set_handler(move || {
            let _ = interrupted.send(Update::Interrupted);
        })?;
        let listener = Listener::new().map_err(WatchError::Listen)?;
        let address = listener.address().map_err(WatchError::Listen)?;
        let mut child = Command::new(env::current_exe().map_err(WatchError::Executable)?)
            .args(env::args_os().skip(1))
            .env(WATCHED, address)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(WatchError::Start)?;
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        let program = Program(child);
        if let Some(stdout) = stdout {
            let sender = sender.clone();
            thread::spawn(move || forward(stdout, Stream::Stdout, &sender));
        }
        let messages = sender.clone();
        thread::spawn(move || forward_messages(listener, &messages));
        if let Some(stderr) = stderr {
            thread::spawn(move || forward(stderr, Stream::Stderr, &sender));
        }
        Ok(Watcher {
            program,
            updates,
            open_streams: 3,
            spans: Spans::default(),
            began: None,
            latest: Duration::ZERO,
            ended: false,
            interrupted: None,
            recorded: env::var_os("CARGO_MANIFEST_DIR")
                .and_then(|folder| recorded_total(Path::new(&folder))),
            screen: Screen::new(),
        })
    }

    fn watch(mut self) -> Result<ExitCode, WatchError> {
        let outcome = self.follow();
        // Even if the program was lost out of sight, what was seen of it stays on the screen.
        let shown = self.finish();
        let status = outcome?;
        shown?;
        Ok(self.exit_code(status))
    }

    /// Shows the program until it has ended.
    fn follow(&mut self) -> Result<ExitStatus, WatchError> {
        let mut next_frame = Instant::now();
        let mut last_update = Instant::now();
        let mut ended = None;
        loop {
            if Instant::now() >= next_frame {
                self.draw()?;
                next_frame = Instant::now() + FRAME;
            }
            match self.updates.recv_timeout(next_frame.saturating_duration_since(Instant::now())) {
                Ok(update) => {
                    self.take(update)?;
                    last_update = Instant::now();
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
            }
            if self.interrupted.is_some_and(|at| at.elapsed() >= GRACE) {
                return self.kill();
            }
            if ended.is_none() {
                ended = self.program.0.try_wait().map_err(WatchError::Wait)?;
                last_update = Instant::now();
            }
            // Output that is still in the pipes comes first.
            if let Some(status) = ended
                && (self.open_streams == 0 || last_update.elapsed() >= SILENCE)
            {
                return Ok(status);
            }
        }
    }

    fn take(&mut self, update: Update) -> Result<(), WatchError> {
        match update {
            Update::Output(stream, bytes) => {
                self.screen.output(stream, &bytes).map_err(WatchError::Show)?;
            }
            Update::Message(Message::Began) => self.began = Some(Instant::now()),
            Update::Message(Message::Event(event)) => {
                self.latest = self.latest.max(event.at);
                if let Some(position) = self.spans.note(&event) {
                    self.screen.call(&self.spans, position).map_err(WatchError::Show)?;
                }
            }
            Update::Message(Message::Ended { at }) => {
                self.latest = self.latest.max(at);
                self.ended = true;
            }
            Update::Closed => self.open_streams -= 1,
            // A program that was killed may have been cut off in the middle of a message.
            Update::Lost(WatchError::Malformed(_)) if self.interrupted.is_some() => {}
            Update::Lost(error) => return Err(error),
            Update::Interrupted if self.interrupted.is_some() => {
                self.program.0.kill().map_err(WatchError::Wait)?;
            }
            Update::Interrupted => self.interrupted = Some(Instant::now()),
        }
        Ok(())
    }

    fn kill(&mut self) -> Result<ExitStatus, WatchError> {
        self.program.0.kill().map_err(WatchError::Wait)?;
        let status = self.program.0.wait().map_err(WatchError::Wait)?;
        // The streams need not close: the program may have handed them on to another one. What
        // has been written to them so far arrives without delay.
        while let Ok(update) = self.updates.recv_timeout(FRAME)
            && self.open_streams > 0
        {
            self.take(update)?;
        }
        Ok(status)
    }

    /// The time on the clock of the program.
    fn now(&self) -> Duration {
        match self.began {
            // Its own word is exact, where the watcher's clock began a moment later.
            Some(began) if !self.ended => began.elapsed().max(self.latest),
            _ => self.latest,
        }
    }

    fn draw(&mut self) -> Result<(), WatchError> {
        let now = self.now();
        let axis = picture::axis(self.recorded, now);
        self.screen.draw(&self.spans, now, axis).map_err(WatchError::Show)
    }

    fn finish(&mut self) -> Result<(), WatchError> {
        let now = self.now();
        self.ended = true;
        self.latest = now;
        let axis = self.recorded.map_or(now, |recorded| recorded.max(now));
        self.screen
            .finish(&self.spans, now, axis, self.interrupted.is_some())
            .map_err(WatchError::Show)
    }

    fn exit_code(&self, status: ExitStatus) -> ExitCode {
        match status.code() {
            Some(code) => u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from),
            None if self.interrupted.is_some() => ExitCode::from(INTERRUPTED),
            None => ended_by_signal(status),
        }
    }
}

#[cfg(unix)]
fn ended_by_signal(status: ExitStatus) -> ExitCode {
    use std::os::unix::process::ExitStatusExt as _;
    let signal = status.signal().and_then(|signal| u8::try_from(signal).ok());
    signal.map_or(ExitCode::FAILURE, |signal| ExitCode::from(128 | signal))
}

#[cfg(not(unix))]
fn ended_by_signal(_: ExitStatus) -> ExitCode {
    ExitCode::FAILURE
}

/// Passes on what the program reports.
fn forward_messages(listener: Listener, sender: &SyncSender<Update>) {
    let mut incoming = match listener.accept() {
        Ok(incoming) => incoming,
        Err(error) => return drop(sender.send(Update::Lost(WatchError::Listen(error)))),
    };
    while let Some(message) = incoming.next() {
        let (update, is_confirmed) = match message {
            Ok(Ok(message)) => {
                let is_confirmed = message.is_confirmed();
                (Update::Message(message), is_confirmed)
            }
            Ok(Err(error)) => (Update::Lost(error.into()), false),
            // The program was killed in the middle of a message.
            Err(_) => break,
        };
        if sender.send(update).is_err() {
            return;
        }
        if is_confirmed {
            incoming.confirm();
        }
    }
    let _ = sender.send(Update::Closed);
}

/// Passes on what the program writes to a stream.
fn forward(mut from: impl Read, stream: Stream, sender: &SyncSender<Update>) {
    let sent = read(&mut from, sender, |bytes| {
        sender.send(Update::Output(stream, bytes.to_owned())).map_err(drop)
    });
    if sent.is_ok() {
        let _ = sender.send(Update::Closed);
    }
}

/// Hands over whatever can be read, piece by piece, until the end of the stream or until the
/// watcher listens no more.
fn read(
    from: &mut impl Read,
    sender: &SyncSender<Update>,
    mut each: impl FnMut(&[u8]) -> Result<(), ()>,
) -> Result<(), ()> {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match from.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(length) => each(&buffer[..length])?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => sender.send(Update::Lost(WatchError::Read(error))).map_err(drop)?,
        }
    }
}

/// How long the recorded runs in this folder take, one after the other.
fn recorded_total(folder: &Path) -> Option<Duration> {
    let mut total = Duration::ZERO;
    for file in folder.read_dir().ok()?.flatten() {
        let name = file.file_name();
        let name = name.to_str()?;
        if name == "timeline.toml" || name.ends_with(".timeline.toml") {
            // A recording that cannot be read is the business of the tests. Here it means only
            // that the axis has to grow.
            total += Run::read(&file.path()).ok()?.total();
        }
    }
    (!total.is_zero()).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_is_as_long_as_all_recorded_runs_together() {
        let listings = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../listings");
        let recorded = |listing: &str| recorded_total(&listings.join(listing));
        assert_eq!(recorded("concurrent/join"), Some(Duration::from_secs(8)));
        assert_eq!(recorded("concurrent/task-or-future"), Some(Duration::from_secs(8 + 8)));
        assert_eq!(recorded("concurrent/no-such-listing"), None);
    }
}
