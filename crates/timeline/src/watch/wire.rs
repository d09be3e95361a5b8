//! How the program that is watched tells its watcher what happens, in the midst of its output.

use std::{
    io::{self, Write},
    time::Duration,
};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::Event;

/// What the watched program tells.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Message {
    /// The program begins: its time is zero.
    Began,
    /// A span gave a sign.
    Event(Event),
    /// The program has ended, by returning or by a panic.
    Ended {
        /// Time since it began.
        at: Duration,
    },
}

/// What a message begins with: the control character "record separator", which no program
/// prints by chance, and a word that none prints after it. A message ends with its line.
const PREFIX: &[u8] = b"\x1etimeline ";

impl Message {
    /// Writes the message. `out` must be locked, or lines of the program could get into it.
    pub(super) fn send(&self, out: &mut impl Write) -> io::Result<()> {
        let mut record = PREFIX.to_vec();
        serde_json::to_writer(&mut record, self)?;
        record.push(b'\n');
        out.write_all(&record)?;
        out.flush()
    }
}

/// A message that is none.
#[derive(Debug, Error)]
#[error("the program sent a message that cannot be read ({source}): {text}")]
pub(super) struct MalformedMessage {
    text: String,
    source: serde_json::Error,
}

/// A piece of what the program wrote.
#[derive(Debug, PartialEq)]
pub(super) enum Part {
    /// Output of the program's own, byte by byte.
    Output(Vec<u8>),
    /// A message to the watcher.
    Message(Message),
}

/// Tells messages and output apart. A message may stand in the middle of a line of output: a
/// program can print the line in pieces.
#[derive(Default)]
pub(super) struct Demultiplexer {
    /// What has been read but may be part of something longer: nothing, or the beginning of a
    /// message.
    rest: Vec<u8>,
}

impl Demultiplexer {
    /// Takes the next bytes that the program wrote.
    pub(super) fn push(
        &mut self,
        bytes: &[u8],
    ) -> impl Iterator<Item = Result<Part, MalformedMessage>> {
        self.rest.extend_from_slice(bytes);
        std::iter::from_fn(|| self.next())
    }

    /// Gives what is left when the program has closed its output.
    pub(super) fn finish(self) -> Option<Result<Part, MalformedMessage>> {
        if self.rest.starts_with(PREFIX) {
            Some(message(&self.rest))
        } else if self.rest.is_empty() {
            None
        } else {
            Some(Ok(Part::Output(self.rest)))
        }
    }

    fn next(&mut self) -> Option<Result<Part, MalformedMessage>> {
        let output = match self.rest.iter().position(|&byte| byte == PREFIX[0]) {
            None => self.rest.len(),
            Some(0) if self.rest.starts_with(PREFIX) => {
                let end = self.rest.iter().position(|&byte| byte == b'\n')?;
                let record: Vec<u8> = self.rest.drain(..=end).collect();
                return Some(message(&record));
            }
            Some(0) if PREFIX.starts_with(&self.rest) => return None,
            // The program has printed the character itself.
            Some(0) => 1,
            Some(position) => position,
        };
        let output: Vec<u8> = self.rest.drain(..output).collect();
        (!output.is_empty()).then_some(Ok(Part::Output(output)))
    }
}

fn message(record: &[u8]) -> Result<Part, MalformedMessage> {
    let json = record[PREFIX.len()..].trim_ascii_end();
    serde_json::from_slice(json).map(Part::Message).map_err(|source| MalformedMessage {
        text: String::from_utf8_lossy(json).into_owned(),
        source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::EventKind;

    fn sent(message: &Message) -> Vec<u8> {
        let mut bytes = Vec::new();
        message.send(&mut bytes).unwrap();
        bytes
    }

    fn event() -> Message {
        Message::Event(Event {
            at: Duration::from_millis(1_500),
            thread: 1,
            span: 7,
            kind: EventKind::Returned { value: "two\nlines \u{1e} and a sign".to_owned() },
        })
    }

    /// What is left of a text that is read in pieces of one size: the output as a whole, and the
    /// messages.
    fn told_apart(text: &[u8], size: usize) -> (Vec<u8>, Vec<Message>) {
        let mut demultiplexer = Demultiplexer::default();
        let mut parts: Vec<_> = Vec::new();
        for piece in text.chunks(size) {
            parts.extend(demultiplexer.push(piece));
        }
        parts.extend(demultiplexer.finish());
        let (mut output, mut messages) = (Vec::new(), Vec::new());
        for part in parts {
            match part.unwrap() {
                Part::Output(bytes) => output.extend(bytes),
                Part::Message(message) => messages.push(message),
            }
        }
        (output, messages)
    }

    #[test]
    fn output_passes_unchanged_and_messages_are_taken_out() {
        let mut text = b"half a li".to_vec();
        text.extend(sent(&event()));
        text.extend(b"ne, \xff\xfe not UTF-8, \x1e a separator, \x1etime\n");
        text.extend(sent(&Message::Began));
        text.extend(b"no newline at the end \x1e");
        for size in [1, 2, 3, 7, 64, text.len()] {
            let (output, messages) = told_apart(&text, size);
            let expected: &[u8] = b"half a line, \xff\xfe not UTF-8, \x1e a separator, \
                                    \x1etime\nno newline at the end \x1e";
            assert_eq!(output, expected, "in pieces of {size}");
            assert_eq!(messages, [event(), Message::Began], "in pieces of {size}");
        }
    }

    #[test]
    fn a_malformed_message_is_an_error_that_shows_it() {
        let mut demultiplexer = Demultiplexer::default();
        let parts: Vec<_> = demultiplexer.push(b"\x1etimeline {\"Ended\":3}\nmore\n").collect();
        let error = parts[0].as_ref().unwrap_err().to_string();
        assert!(error.ends_with(": {\"Ended\":3}"), "{error}");
        assert_eq!(*parts[1].as_ref().unwrap(), Part::Output(b"more\n".to_vec()));
    }

    #[test]
    fn a_message_that_is_cut_off_is_an_error() {
        let mut demultiplexer = Demultiplexer::default();
        assert_eq!(demultiplexer.push(b"\x1etimeline \"Be").count(), 0);
        assert!(demultiplexer.finish().unwrap().is_err());
    }
}
