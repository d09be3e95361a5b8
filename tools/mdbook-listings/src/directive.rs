//! Directives: `{{#name argument …}}` in the text of a chapter.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

/// A directive and where it stands.
#[derive(Debug, PartialEq)]
pub(crate) struct Directive<'a> {
    /// Its bytes in the text.
    pub(crate) range: Range<usize>,
    /// Its line, counted from 1.
    pub(crate) line: usize,
    pub(crate) name: &'a str,
    pub(crate) arguments: Vec<&'a str>,
    /// Whether it has a line for itself.
    pub(crate) alone: bool,
}

/// What begins like a directive and never ends.
#[derive(Debug, PartialEq)]
pub(crate) struct Unclosed {
    pub(crate) line: usize,
}

/// The directives of a text in their order. One with a backslash before it, as in
/// `\{{#listing join}}`, is text: mdBook removes the backslash.
pub(crate) fn directives(text: &str) -> Vec<Result<Directive<'_>, Unclosed>> {
    static OPENING: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(\\?)\{\{#(?:([^{}\r\n]*)\}\})?").expect("the expression is well-formed")
    });
    let mut found = Vec::new();
    let mut lines = Lines { text, byte: 0, line: 1 };
    for capture in OPENING.captures_iter(text) {
        let whole = capture.get_match();
        if !capture[1].is_empty() {
            continue;
        }
        let line = lines.line_of(whole.start());
        let Some(inside) = capture.get(2) else {
            found.push(Err(Unclosed { line }));
            continue;
        };
        let mut words = inside.as_str().split_whitespace();
        let before = text[..whole.start()].rsplit('\n').next().unwrap_or_default();
        let after = text[whole.end()..].split('\n').next().unwrap_or_default();
        found.push(Ok(Directive {
            range: whole.range(),
            line,
            name: words.next().unwrap_or_default(),
            arguments: words.collect(),
            alone: before.trim().is_empty() && after.trim().is_empty(),
        }));
    }
    found
}

/// Counts lines up to a byte that only ever moves forward.
struct Lines<'a> {
    text: &'a str,
    byte: usize,
    line: usize,
}

impl Lines<'_> {
    fn line_of(&mut self, byte: usize) -> usize {
        self.line += self.text[self.byte..byte].matches('\n').count();
        self.byte = byte;
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directive_has_a_name_arguments_and_a_line() {
        let text = "# Title\n\n{{#listing join three_calls}}\nIt takes {{#time join total}}.\n";
        let found: Vec<_> = directives(text).into_iter().map(Result::unwrap).collect();
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].name, found[0].line, found[0].alone), ("listing", 3, true));
        assert_eq!(found[0].arguments, ["join", "three_calls"]);
        assert_eq!((found[1].name, found[1].line, found[1].alone), ("time", 4, false));
    }

    #[test]
    fn a_backslash_makes_it_text() {
        assert!(directives(r"Write `\{{#listing join}}`.").is_empty());
    }

    #[test]
    fn what_is_not_closed_is_found() {
        assert_eq!(directives("a\n{{#listing join\nb"), [Err(Unclosed { line: 2 })]);
        assert_eq!(directives("a {{# b"), [Err(Unclosed { line: 1 })]);
    }
}
