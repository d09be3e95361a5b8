//! Watching a program in the terminal while it runs.
//!
//! The program is the same executable, started once more as a child: so its output arrives
//! through a pipe and can be shown above a picture that changes, and the watcher outlives
//! whatever happens to it. The child says on its standard output what its calls do.

mod picture;
mod screen;
mod wire;

use std::{
    env,
    io::{self, Read, Write},
    path::Path,
    process::{self, Child, Command, ExitCode, ExitStatus, Stdio, Termination},
    sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender},
    thread,
    time::{Duration, Instant},
};

use thiserror::Error;
use tracing_subscriber::prelude::*;

use self::{
    screen::{Screen, Stream},
    wire::{Demultiplexer, MalformedMessage, Message, Part},
};
use crate::{Recorder, Run, run::Spans};

/// Set in the environment of the program that is watched.
const WATCHED: &str = "TIMELINE_WATCHED";

/// How long a picture is shown before the next.
const FRAME: Duration = Duration::from_millis(50);

/// How long a program may go on after Ctrl-C. The terminal has sent it the same signal, and it may
/// have something to say about that.
const GRACE: Duration = Duration::from_secs(1);

/// What a shell reports of a program that Ctrl-C ended: 128 and the number of the signal.
const INTERRUPTED: u8 = 130;

/// Runs a program and shows what its calls do while they do it.
///
/// In a terminal, that is a picture: a line for each call, with a bar on a time axis that all
/// calls share. The output of the program scrolls above it. Elsewhere, it is a line of text
/// whenever a call starts or ends; lines of the program itself come after a `|`. At the end
/// follows a table of the calls. Colours are left out if `NO_COLOR` is set.
///
/// The length of the axis is that of the recordings beside the `Cargo.toml` of the listing, which
/// `cargo run` tells by the environment. Without any it grows.
///
/// The exit code is that of the program, 130 if Ctrl-C or `SIGTERM` ended it, and 1 if it could not
/// be watched.
///
/// To be called first thing in `main`: the executable starts itself a second time with the same
/// arguments, and only there the program runs.
pub fn watch<T: Termination>(program: impl FnOnce() -> T) -> ExitCode {
    let outcome = match env::var_os(WATCHED) {
        Some(_) => run_watched(program),
        None => Watcher::start().and_then(Watcher::watch),
    };
    outcome.unwrap_or_else(|error| {
        // If standard error is gone as well, there is nobody to tell.
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
    #[error("cannot listen to Ctrl-C: {0}")]
    Signals(#[from] ctrlc::Error),
    #[error("cannot record the program: {0}")]
    Record(#[from] tracing::subscriber::SetGlobalDefaultError),
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
fn run_watched<T: Termination>(program: impl FnOnce() -> T) -> Result<ExitCode, WatchError> {
    /// Tells the end of the program on the way out of it, which may be a panic.
    struct Ending(Instant);

    impl Drop for Ending {
        fn drop(&mut self) {
            tell(&Message::Ended { at: self.0.elapsed() });
        }
    }

    let recorder = Recorder::new(|event| tell(&Message::Event(event)));
    tracing::subscriber::set_global_default(tracing_subscriber::registry().with(recorder))?;
    tell(&Message::Began);
    let ending = Ending(Instant::now());
    let output = program();
    drop(ending);
    Ok(output.report())
}

fn tell(message: &Message) {
    if message.send(&mut io::stdout().lock()).is_err() {
        // The watcher was killed. Its program shall not outlive it.
        process::exit(1);
    }
}

/// What the watcher hears from its other threads.
enum News {
    Output(Stream, Vec<u8>),
    Message(Message),
    /// One of the two streams has come to its end.
    Closed,
    Lost(WatchError),
    Interrupted,
}

/// The part of [`watch`] that is played by the parent: it shows the program.
struct Watcher {
    program: Program,
    news: Receiver<News>,
    open_streams: u32,
    spans: Spans,
    /// When the program began, by the watcher's own clock.
    began: Option<Instant>,
    /// The latest time that the program told.
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
        let (sender, news) = mpsc::sync_channel(64);
        // Before the child is there: from then on a signal must not end the watcher alone.
        let interrupted = sender.clone();
        ctrlc::set_handler(move || {
            let _ = interrupted.send(News::Interrupted);
        })?;
        let mut child = Command::new(env::current_exe().map_err(WatchError::Executable)?)
            .args(env::args_os().skip(1))
            .env(WATCHED, "1")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(WatchError::Start)?;
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        let program = Program(child);
        if let Some(stdout) = stdout {
            let sender = sender.clone();
            thread::spawn(move || forward_messages(stdout, &sender));
        }
        if let Some(stderr) = stderr {
            thread::spawn(move || forward(stderr, Stream::Stderr, &sender));
        }
        Ok(Watcher {
            program,
            news,
            open_streams: 2,
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
        loop {
            if Instant::now() >= next_frame {
                self.draw()?;
                next_frame = Instant::now() + FRAME;
            }
            match self.news.recv_timeout(next_frame.saturating_duration_since(Instant::now())) {
                Ok(news) => self.take(news)?,
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
            }
            if self.interrupted.is_some_and(|at| at.elapsed() >= GRACE) {
                return self.kill();
            }
            // Output that is still in the pipes comes first.
            if self.open_streams == 0
                && let Some(status) = self.program.0.try_wait().map_err(WatchError::Wait)?
            {
                return Ok(status);
            }
        }
    }

    fn take(&mut self, news: News) -> Result<(), WatchError> {
        match news {
            News::Output(stream, bytes) => {
                self.screen.output(stream, &bytes).map_err(WatchError::Show)?;
            }
            News::Message(Message::Began) => self.began = Some(Instant::now()),
            News::Message(Message::Event(event)) => {
                self.latest = self.latest.max(event.at);
                if let Some(position) = self.spans.note(&event) {
                    self.screen.call(&self.spans, position).map_err(WatchError::Show)?;
                }
            }
            News::Message(Message::Ended { at }) => {
                self.latest = self.latest.max(at);
                self.ended = true;
            }
            News::Closed => self.open_streams -= 1,
            // A program that was killed may have been cut off in the middle of a message.
            News::Lost(WatchError::Malformed(_)) if self.interrupted.is_some() => {}
            News::Lost(error) => return Err(error),
            News::Interrupted if self.interrupted.is_some() => {
                self.program.0.kill().map_err(WatchError::Wait)?;
            }
            News::Interrupted => self.interrupted = Some(Instant::now()),
        }
        Ok(())
    }

    fn kill(&mut self) -> Result<ExitStatus, WatchError> {
        self.program.0.kill().map_err(WatchError::Wait)?;
        let status = self.program.0.wait().map_err(WatchError::Wait)?;
        // The streams need not close: the program may have handed them on to another one. What
        // has been written to them so far arrives without delay.
        while let Ok(news) = self.news.recv_timeout(FRAME)
            && self.open_streams > 0
        {
            self.take(news)?;
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

/// Sends on what the program writes to its standard output, the messages told apart.
fn forward_messages(mut stdout: impl Read, sender: &SyncSender<News>) {
    let mut demultiplexer = Demultiplexer::default();
    let mut sent = read(&mut stdout, sender, |bytes| {
        demultiplexer.push(bytes).try_for_each(|part| sender.send(news_of(part)).map_err(drop))
    });
    if let (Ok(()), Some(part)) = (sent, demultiplexer.finish()) {
        sent = sender.send(news_of(part)).map_err(drop);
    }
    if sent.is_ok() {
        let _ = sender.send(News::Closed);
    }
}

fn news_of(part: Result<Part, MalformedMessage>) -> News {
    match part {
        Ok(Part::Output(bytes)) => News::Output(Stream::Stdout, bytes),
        Ok(Part::Message(message)) => News::Message(message),
        Err(error) => News::Lost(error.into()),
    }
}

/// Sends on what the program writes to a stream.
fn forward(mut from: impl Read, stream: Stream, sender: &SyncSender<News>) {
    let sent = read(&mut from, sender, |bytes| {
        sender.send(News::Output(stream, bytes.to_owned())).map_err(drop)
    });
    if sent.is_ok() {
        let _ = sender.send(News::Closed);
    }
}

/// Hands over whatever can be read, piece by piece, until the end of the stream or until the
/// watcher listens no more.
fn read(
    from: &mut impl Read,
    sender: &SyncSender<News>,
    mut each: impl FnMut(&[u8]) -> Result<(), ()>,
) -> Result<(), ()> {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match from.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(length) => each(&buffer[..length])?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => sender.send(News::Lost(WatchError::Read(error))).map_err(drop)?,
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
