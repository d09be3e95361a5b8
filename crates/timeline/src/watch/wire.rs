//! The wire protocol between a program and its watcher: a line of JSON for each message, over a
//! socket of their own. Standard output will not do: the program may hold its lock.

use std::{
    hash::{BuildHasher, RandomState},
    io::{self, BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    time::Duration,
};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{Event, EventKind};

/// What the program reports.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Message {
    /// The program begins: its time is zero.
    Began,
    /// A span has emitted an event.
    Event(Event),
    /// The program has ended, by returning or by a panic.
    Ended {
        /// Time since it began.
        at: Duration,
    },
}

impl Message {
    /// Whether the program waits until the watcher has received the message. It does so when a
    /// call starts: what the call prints is then shown below its start.
    pub(super) fn is_confirmed(&self) -> bool {
        matches!(self, Message::Event(Event { kind: EventKind::Opened { .. }, .. }))
    }
}

/// A line that is not a message.
#[derive(Debug, Error)]
#[error("the program sent a message that cannot be read ({source}): {text}")]
pub(super) struct MalformedMessage {
    text: String,
    source: serde_json::Error,
}

/// Where the watcher listens for its program.
pub(super) struct Listener {
    socket: TcpListener,
    /// What tells the program from any other process that finds the socket.
    secret: String,
}

/// How long a process may take to say that it is the program.
const PATIENCE: Duration = Duration::from_secs(5);

impl Listener {
    pub(super) fn new() -> io::Result<Listener> {
        let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        // Each hasher has keys of its own, drawn from the system's random numbers.
        let [one, two] = [(); 2].map(|()| RandomState::new().hash_one(0));
        Ok(Listener { socket, secret: format!("{one:016x}{two:016x}") })
    }

    /// What the program has to know, as the value of an environment variable.
    pub(super) fn address(&self) -> io::Result<String> {
        Ok(format!("{} {}", self.socket.local_addr()?, self.secret))
    }

    /// Waits for the program to connect.
    pub(super) fn accept(self) -> io::Result<Incoming> {
        loop {
            let (stream, _) = self.socket.accept()?;
            stream.set_read_timeout(Some(PATIENCE))?;
            let mut lines = BufReader::new(stream.try_clone()?);
            let mut line = String::new();
            let limit = self.secret.len() as u64 + 1;
            let is_read = lines.by_ref().take(limit).read_line(&mut line).is_ok();
            if is_read && line.trim_end() == self.secret {
                stream.set_read_timeout(None)?;
                return Ok(Incoming { lines, stream });
            }
        }
    }
}

/// The watcher's end of the connection.
pub(super) struct Incoming {
    lines: BufReader<TcpStream>,
    stream: TcpStream,
}

impl Incoming {
    /// The next message; none if the program has closed the connection.
    pub(super) fn next(&mut self) -> Option<io::Result<Result<Message, MalformedMessage>>> {
        let mut line = String::new();
        match self.lines.read_line(&mut line) {
            Ok(0) => None,
            Ok(_) => Some(Ok(parse(&line))),
            Err(error) => Some(Err(error)),
        }
    }

    /// Lets the program go on.
    pub(super) fn confirm(&mut self) {
        // A program that is gone does not wait.
        let _ = self.stream.write_all(b"\n");
    }
}

fn parse(line: &str) -> Result<Message, MalformedMessage> {
    let text = line.trim_end();
    serde_json::from_str(text).map_err(|source| MalformedMessage { text: text.to_owned(), source })
}

/// The program's end of the connection.
pub(super) struct Outgoing(TcpStream);

impl Outgoing {
    /// Connects to the watcher at this [address](Listener::address).
    pub(super) fn connect(address: &str) -> io::Result<Outgoing> {
        let (address, secret) = address.split_once(' ').unwrap_or((address, ""));
        let mut stream = TcpStream::connect(address)?;
        // Each message is to arrive at once.
        stream.set_nodelay(true)?;
        stream.write_all(format!("{secret}\n").as_bytes())?;
        Ok(Outgoing(stream))
    }

    pub(super) fn send(&mut self, message: &Message) -> io::Result<()> {
        let mut line = serde_json::to_vec(message)?;
        line.push(b'\n');
        self.0.write_all(&line)?;
        if message.is_confirmed() {
            self.0.read_exact(&mut [0])?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    fn opened() -> Message {
        Message::Event(Event {
            at: Duration::from_millis(1_500),
            thread: 1,
            span: 7,
            kind: EventKind::Opened {
                parent: None,
                task: None,
                name: "two\nlines".to_owned(),
                arguments: Default::default(),
                reports_return: true,
            },
        })
    }

    #[test]
    fn messages_arrive_in_their_order() {
        let listener = Listener::new().unwrap();
        let address = listener.address().unwrap();
        let program = thread::spawn(move || {
            let mut outgoing = Outgoing::connect(&address).unwrap();
            outgoing.send(&Message::Began).unwrap();
            outgoing.send(&opened()).unwrap();
            outgoing.send(&Message::Ended { at: Duration::from_secs(2) }).unwrap();
        });
        let mut incoming = listener.accept().unwrap();
        let mut messages = Vec::new();
        while let Some(message) = incoming.next() {
            let message = message.unwrap().unwrap();
            if message.is_confirmed() {
                incoming.confirm();
            }
            messages.push(message);
        }
        program.join().unwrap();
        let ended = Message::Ended { at: Duration::from_secs(2) };
        assert_eq!(messages, [Message::Began, opened(), ended]);
    }

    #[test]
    fn only_the_program_itself_is_heard() {
        let listener = Listener::new().unwrap();
        let address = listener.address().unwrap();
        let program = thread::spawn(move || {
            let (port, _) = address.split_once(' ').unwrap();
            for stranger in ["", "another secret\n"] {
                let mut stream = TcpStream::connect(port).unwrap();
                stream.write_all(stranger.as_bytes()).unwrap();
            }
            Outgoing::connect(&address).unwrap().send(&Message::Began).unwrap();
        });
        let mut incoming = listener.accept().unwrap();
        assert_eq!(incoming.next().unwrap().unwrap().unwrap(), Message::Began);
        program.join().unwrap();
    }

    #[test]
    fn a_malformed_message_is_an_error_that_shows_it() {
        let error = parse("{\"Ended\":3}\n").unwrap_err().to_string();
        assert!(error.ends_with(": {\"Ended\":3}"), "{error}");
        assert!(parse("\"Be").is_err());
    }
}
