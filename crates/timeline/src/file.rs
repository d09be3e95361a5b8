//! Recordings: runs as files.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use serde::Deserialize;
use thiserror::Error;
use toml::Spanned;

use crate::{Call, Clock, Outcome, Run};

/// What is wrong with a recording, where, and how to fix it.
#[derive(Debug, Error)]
pub enum RecordingError {
    /// There is no such file.
    #[error("{}: there is no such recording; make it with `{}`", .path.display(), command(.path))]
    Missing {
        /// The file that is not there.
        path: PathBuf,
    },
    /// The file cannot be read or written.
    #[error("{}: this file cannot be read or written: {source}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why it cannot be read or written.
        source: std::io::Error,
    },
    /// The file is not a recording.
    #[error("{}:{line}: {message}; fix it, or record it again with `{}`", .path.display(), command(.path))]
    Malformed {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong there.
        message: String,
    },
}

/// The command that makes a recording: it names the package whose `Cargo.toml` is next to it.
pub(crate) fn command(recording: &Path) -> String {
    #[derive(Deserialize)]
    struct Manifest {
        package: Package,
    }
    #[derive(Deserialize)]
    struct Package {
        name: String,
    }
    let manifest = fs::read_to_string(recording.with_file_name("Cargo.toml")).ok();
    let manifest = manifest.and_then(|text| toml::from_str::<Manifest>(&text).ok());
    let package = manifest.map(|Manifest { package }| format!(" -p {}", package.name));
    format!("TIMELINE=record cargo test{}", package.unwrap_or_default())
}

/// The name of the file of a recording: `timeline.toml`, or `<name>.timeline.toml`.
#[cfg(feature = "record")]
pub(crate) fn file_name(name: Option<&str>) -> String {
    match name {
        None => "timeline.toml".to_owned(),
        Some(name) => format!("{name}.timeline.toml"),
    }
}

/// A recording as its file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    clock: Clock,
    total: Text,
    #[serde(default, rename = "call")]
    calls: Vec<Spanned<CallInFile>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CallInFile {
    name: String,
    call: Option<u32>,
    #[serde(default)]
    arguments: BTreeMap<String, String>,
    parent: Option<usize>,
    task: Option<u32>,
    thread: Option<u32>,
    start: Text,
    #[serde(default)]
    polls: Vec<Text>,
    end: Option<Text>,
    outcome: Outcome,
    order: Option<u32>,
}

/// A duration in the words of `humantime`: `8s`, `300ms`, `1s 500ms`.
#[derive(Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
struct Text(Duration);

impl TryFrom<String> for Text {
    type Error = String;
    fn try_from(text: String) -> Result<Text, String> {
        humantime::parse_duration(&text)
            .map(Text)
            .map_err(|error| format!("`{text}` is not a duration such as \"1s 500ms\" ({error})"))
    }
}

impl Run {
    /// Reads a recording from its text.
    ///
    /// # Errors
    ///
    /// [`RecordingError::Malformed`] with the line, if the text is not a recording or contradicts
    /// itself. `path` is the file that the error names.
    pub fn parse(path: &Path, text: &str) -> Result<Run, RecordingError> {
        let malformed = |line, message: String| RecordingError::Malformed {
            path: path.to_owned(),
            line,
            message,
        };
        let file: File = toml::from_str(text).map_err(|error: toml::de::Error| {
            let before = error.span().map_or(0, |span| span.start);
            malformed(line_at(text, before), error.message().trim().replace('\n', ", "))
        })?;
        let (mut calls, mut bytes) = (Vec::new(), Vec::new());
        for call in file.calls {
            let byte = call.span().start;
            let call = call.into_inner().into_call();
            if let Some(message) = contradiction(&call, &calls) {
                return Err(malformed(line_at(text, byte), message));
            }
            bytes.push(byte);
            calls.push(call);
        }
        if let Some((position, message)) = disorder(&calls) {
            return Err(malformed(line_at(text, bytes[position]), message));
        }
        Ok(Run { clock: file.clock, total: file.total.0, calls, strays: Vec::new() })
    }

    /// Reads the recording in this file.
    ///
    /// # Errors
    ///
    /// Any [`RecordingError`].
    pub fn read(path: &Path) -> Result<Run, RecordingError> {
        let path = path.to_owned();
        match fs::read(&path) {
            Ok(bytes) => match str::from_utf8(&bytes) {
                Ok(text) => Run::parse(&path, text),
                Err(error) => {
                    let before = &bytes[..error.valid_up_to()];
                    let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
                    let message = "this is not UTF-8".to_owned();
                    Err(RecordingError::Malformed { path, line, message })
                }
            },
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Err(RecordingError::Missing { path })
            }
            Err(source) => Err(RecordingError::Io { path, source }),
        }
    }

    /// Writes the recording of this run into a file.
    ///
    /// # Errors
    ///
    /// [`RecordingError::Io`].
    pub fn write(&self, path: &Path) -> Result<(), RecordingError> {
        fs::write(path, self.to_text())
            .map_err(|source| RecordingError::Io { path: path.to_owned(), source })
    }

    /// The text of the recording.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        // `tracing` lets the name of a field contain dots, which a bare key must not.
        let key = |name: &str| match name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
            true if !name.is_empty() => name.to_owned(),
            _ => quoted(name),
        };
        let time = |at: Duration| format!("\"{}\"", humantime::format_duration(at));
        let mut line =
            |line: std::fmt::Arguments| writeln!(text, "{line}").expect("a String takes any text");
        line(format_args!("# What a run did. `TIMELINE=record cargo test` records it again."));
        line(format_args!("clock = \"{}\"", self.clock));
        line(format_args!("total = {}", time(self.total)));
        for call in &self.calls {
            line(format_args!("\n[[call]]"));
            line(format_args!("name = {}", quoted(&call.name)));
            if let Some(number) = call.id {
                line(format_args!("call = {number}"));
            }
            if !call.arguments.is_empty() {
                let arguments: Vec<String> = call
                    .arguments
                    .iter()
                    .map(|(name, value)| format!("{} = {}", key(name), quoted(value)))
                    .collect();
                line(format_args!("arguments = {{ {} }}", arguments.join(", ")));
            }
            if let Some(parent) = call.parent {
                line(format_args!("parent = {}", parent + 1));
            }
            if let Some(task) = call.task {
                line(format_args!("task = {task}"));
            }
            if let Some(thread) = call.thread {
                line(format_args!("thread = {thread}"));
            }
            line(format_args!("start = {}", time(call.start)));
            if !call.polls.is_empty() {
                let polls: Vec<String> = call.polls.iter().map(|&poll| time(poll)).collect();
                line(format_args!("polls = [{}]", polls.join(", ")));
            }
            if let Some(end) = call.end {
                line(format_args!("end = {}", time(end)));
            }
            line(format_args!("outcome = \"{}\"", call.outcome));
            if let Some(order) = call.completion_rank {
                line(format_args!("order = {order}"));
            }
        }
        text
    }
}

/// Text as a TOML string in one line, whatever is in it: a key must not have more.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted += &format!("\\u{:04X}", u32::from(c)),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

impl CallInFile {
    /// The call, its parent counted from 0.
    fn into_call(self) -> Call {
        Call {
            name: self.name,
            id: self.call,
            arguments: self.arguments,
            // A parent of 0 becomes one that no recording can have.
            parent: self.parent.map(|parent| parent.wrapping_sub(1)),
            task: self.task,
            thread: self.thread,
            start: self.start.0,
            polls: self.polls.iter().map(|poll| poll.0).collect(),
            end: self.end.map(|end| end.0),
            outcome: self.outcome,
            completion_rank: self.order,
            value: None,
        }
    }
}

/// What in a call cannot be true, if anything. `above` are the calls that stand above it.
fn contradiction(call: &Call, above: &[Call]) -> Option<String> {
    let mut times: Vec<Duration> = above.last().map(|call| call.start).into_iter().collect();
    times.push(call.start);
    if !times.is_sorted() {
        return Some("the calls must stand in the order of their `start`".to_owned());
    }
    times.extend(&call.polls);
    times.extend(call.end);
    if !times.is_sorted() {
        return Some("`start`, `polls` and `end` must not go back in time".to_owned());
    }
    if call.parent.is_some_and(|parent| parent >= above.len()) {
        return Some("`parent` must name one of the calls above it, counted from 1".to_owned());
    }
    if call.end.is_none() != (call.outcome == Outcome::Running) {
        return Some("a call has an `end` unless its outcome is \"running\"".to_owned());
    }
    if call.completion_rank.is_some() != call.outcome.is_completed() {
        return Some("a call has an `order` if, and only if, it returned or failed".to_owned());
    }
    None
}

/// The call whose `order` contradicts that of the others, if any, and why.
fn disorder(calls: &[Call]) -> Option<(usize, String)> {
    let mut completed: Vec<usize> =
        (0..calls.len()).filter(|&i| calls[i].completion_rank.is_some()).collect();
    completed.sort_by_key(|&i| calls[i].completion_rank);
    for (&position, expected) in completed.iter().zip(1..) {
        if calls[position].completion_rank != Some(expected) {
            return Some((
                position,
                format!(
                    "the `order` of the completed calls must count 1, 2, 3, …; {expected} should be here"
                ),
            ));
        }
    }
    let early = completed.windows(2).find(|pair| calls[pair[1]].end < calls[pair[0]].end)?;
    Some((early[1], "a call must not `end` before one that has a lower `order`".to_owned()))
}

/// The line, counted from 1, in which a byte of the text stands.
fn line_at(text: &str, byte: usize) -> usize {
    1 + text[..byte.min(text.len())].matches('\n').count()
}
