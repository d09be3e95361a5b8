//! Where the program is shown: in a terminal or as lines of text.

use std::{
    io::{self, Write},
    mem,
    time::Duration,
};

use console::{Term, measure_text_width, truncate_str};

use super::picture::{self, View};
use crate::spans::Spans;

/// A stream that the program writes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Stream {
    Stdout,
    Stderr,
}

/// Where the program is shown.
pub(super) enum Screen {
    /// A terminal, with a picture that changes.
    Live(Live),
    /// A file or a pipe, with a line for everything that happens.
    Plain(Plain),
}

impl Screen {
    pub(super) fn new() -> Screen {
        let term = Term::buffered_stdout();
        if term.is_term() && !console::is_dumb() {
            let written = Written::default();
            Screen::Live(Live { term, written, drawn: Vec::new(), drawn_width: 0 })
        } else {
            Screen::Plain(Plain::default())
        }
    }

    /// The program has written something.
    pub(super) fn output(&mut self, stream: Stream, bytes: &[u8]) -> io::Result<()> {
        match self {
            Screen::Live(live) => {
                live.written.push(stream, bytes);
                Ok(())
            }
            Screen::Plain(plain) => {
                plain.written.push(stream, bytes);
                plain.pass_on()
            }
        }
    }

    /// The call at this position has changed.
    pub(super) fn call(&mut self, spans: &Spans, position: usize) -> io::Result<()> {
        match self {
            Screen::Live(_) => Ok(()),
            Screen::Plain(plain) => plain.call(spans, position),
        }
    }

    /// Time has passed.
    pub(super) fn draw(&mut self, spans: &Spans, now: Duration, axis: Duration) -> io::Result<()> {
        match self {
            Screen::Live(live) => live.draw(spans, now, axis),
            Screen::Plain(_) => Ok(()),
        }
    }

    /// The program has ended.
    pub(super) fn finish(
        &mut self,
        spans: &Spans,
        now: Duration,
        axis: Duration,
        interrupted: bool,
    ) -> io::Result<()> {
        let calls: Vec<_> = spans.calls().collect();
        match self {
            Screen::Live(live) => {
                live.written.end();
                live.draw(spans, now, axis)?;
                live.term.write_line("")?;
                let (_, width) = size(&live.term);
                for line in picture::table(&calls, now, interrupted, width) {
                    live.term.write_line(&line)?;
                }
                live.term.flush()
            }
            Screen::Plain(plain) => {
                plain.written.end();
                plain.pass_on()?;
                let mut out = io::stdout().lock();
                writeln!(out)?;
                for line in picture::table(&calls, now, interrupted, usize::MAX) {
                    writeln!(out, "{line}")?;
                }
                out.flush()
            }
        }
    }
}

/// What the program has written and has not been shown yet.
#[derive(Default)]
struct Written {
    /// Whole lines, each with its newline.
    lines: Vec<(Stream, Vec<u8>)>,
    stdout: Vec<u8>,
    stderr: Vec<u8>,
}

impl Written {
    fn push(&mut self, stream: Stream, bytes: &[u8]) {
        let unfinished = match stream {
            Stream::Stdout => &mut self.stdout,
            Stream::Stderr => &mut self.stderr,
        };
        for piece in bytes.split_inclusive(|&byte| byte == b'\n') {
            unfinished.extend_from_slice(piece);
            if piece.ends_with(b"\n") {
                self.lines.push((stream, mem::take(unfinished)));
            }
        }
    }

    /// Nothing more will be written. A last line without a newline is given one, since ours follow.
    fn end(&mut self) {
        for (stream, unfinished) in [
            (Stream::Stdout, mem::take(&mut self.stdout)),
            (Stream::Stderr, mem::take(&mut self.stderr)),
        ] {
            if !unfinished.is_empty() {
                self.lines.push((stream, [unfinished.as_slice(), b"\n"].concat()));
            }
        }
    }

    /// Lines that the program has begun, as far as they can be shown: the answer to a question
    /// like `name? ` may be awaited.
    fn unfinished(&self) -> impl Iterator<Item = String> {
        [&self.stdout, &self.stderr].into_iter().filter(|bytes| !bytes.is_empty()).map(|bytes| {
            let text = String::from_utf8_lossy(bytes);
            text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
        })
    }
}

/// A picture in a terminal, below the output of the program.
///
/// Each line of it ends with a newline and none is as wide as the terminal, so that a terminal
/// whose width changes leaves it in lines.
pub(super) struct Live {
    term: Term,
    written: Written,
    /// The picture that stands in the terminal, and the width that the terminal had.
    drawn: Vec<String>,
    drawn_width: usize,
}

/// Rows and columns that lines may take up: the last column is left free, since terminals
/// disagree on where the cursor is after it; and the last row, since the cursor stands there.
fn size(term: &Term) -> (usize, usize) {
    let (rows, columns) = term.size();
    (usize::from(rows).saturating_sub(1).max(2), usize::from(columns).saturating_sub(1).max(1))
}

/// Bars that are wider show no more.
const WIDEST: usize = 120;

impl Live {
    fn draw(&mut self, spans: &Spans, now: Duration, axis: Duration) -> io::Result<()> {
        let (rows, width) = size(&self.term);
        let calls: Vec<_> = spans.calls().collect();
        let mut lines: Vec<String> = self
            .written
            .unfinished()
            .map(|line| truncate_str(&line, width, "…").into_owned())
            .collect();
        // The line that sets the picture apart from the output is not worth a call.
        let spaced = rows > lines.len() + calls.len() + 1;
        let height = rows.saturating_sub(lines.len() + usize::from(spaced));
        let colors = console::colors_enabled();
        let view = View { width: width.min(WIDEST), height, now, axis, colors };
        let picture = picture::picture(&calls, &view);
        if spaced && !picture.is_empty() {
            lines.push(String::new());
        }
        lines.extend(picture);
        if lines == self.drawn && width == self.drawn_width && self.written.lines.is_empty() {
            return Ok(());
        }
        // A terminal that has become narrower has broken lines that no longer fit.
        let broken = |line: &String| measure_text_width(line).div_ceil(width + 1).max(1);
        self.term.move_cursor_up(self.drawn.iter().map(broken).sum())?;
        self.term.write_str("\r")?;
        self.term.clear_to_end_of_screen()?;
        for (stream, line) in mem::take(&mut self.written.lines) {
            match stream {
                Stream::Stdout => (&self.term).write_all(&line)?,
                Stream::Stderr => {
                    self.term.flush()?;
                    io::stderr().write_all(&line)?;
                }
            }
        }
        for line in &lines {
            self.term.write_line(line)?;
        }
        self.term.flush()?;
        self.drawn = lines;
        self.drawn_width = width;
        Ok(())
    }
}

/// Lines of text, one whenever something happens.
#[derive(Default)]
pub(super) struct Plain {
    written: Written,
    /// For each call whose start has been reported, whether its end has been.
    ends_told: Vec<bool>,
}

impl Plain {
    fn pass_on(&mut self) -> io::Result<()> {
        for (stream, line) in mem::take(&mut self.written.lines) {
            match stream {
                Stream::Stdout => {
                    let mut out = io::stdout().lock();
                    out.write_all(picture::OUTPUT.as_bytes())?;
                    out.write_all(&line)?;
                    out.flush()?;
                }
                Stream::Stderr => io::stderr().write_all(&line)?,
            }
        }
        Ok(())
    }

    fn call(&mut self, spans: &Spans, position: usize) -> io::Result<()> {
        let mut out = io::stdout().lock();
        if position >= self.ends_told.len() {
            self.ends_told.resize(position + 1, false);
            writeln!(out, "{}", picture::start(spans, position))?;
        }
        if spans.call(position).end.is_some() && !mem::replace(&mut self.ends_told[position], true)
        {
            writeln!(out, "{}", picture::end(spans, position))?;
        }
        out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_passed_on_whole_and_nothing_is_lost() {
        let mut written = Written::default();
        written.push(Stream::Stdout, b"a\nb\xffb");
        written.push(Stream::Stderr, b"x");
        assert_eq!(written.lines, [(Stream::Stdout, b"a\n".to_vec())]);
        assert_eq!(written.unfinished().collect::<Vec<_>>(), ["b\u{fffd}b", "x"]);
        written.push(Stream::Stdout, b"c\n\nlast");
        written.end();
        let lines: Vec<&[u8]> = written.lines.iter().map(|(_, line)| line.as_slice()).collect();
        assert_eq!(lines, [&b"a\n"[..], b"b\xffbc\n", b"\n", b"last\n", b"x\n"]);
        assert_eq!(written.unfinished().count(), 0);
    }
}
