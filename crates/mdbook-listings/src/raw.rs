//! Finds directives, `{{#name argument …}}`, in the text of a chapter.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

/// A directive as it is written, and where.
#[derive(Debug, PartialEq)]
pub(crate) struct RawDirective<'a> {
    /// Its bytes in the text.
    pub(crate) range: Range<usize>,
    /// Its line, counted from 1.
    pub(crate) line: usize,
    pub(crate) name: &'a str,
    pub(crate) arguments: Vec<&'a str>,
    /// Whether it has a line to itself, from the first column on.
    pub(crate) alone: bool,
}

/// Something that begins like a directive and is not one.
#[derive(Debug, PartialEq)]
pub(crate) struct Malformed {
    pub(crate) line: usize,
    /// What is wrong, and how to fix it.
    pub(crate) message: &'static str,
}

const UNCLOSED: &str = "this directive is not closed: `}}` must follow in the same line";
const SPACED: &str = "a directive begins with `{{#`, without a space in between";
const ESCAPED_TWICE: &str =
    "mdBook removes the backslash of one directive a line only: give this one a line of its own";

/// The directives of a text in their order. One with a backslash before it, as in
/// `\{{#listing join}}`, is text: mdBook removes the backslash.
pub(crate) fn raw_directives(text: &str) -> Vec<Result<RawDirective<'_>, Malformed>> {
    let mut found = Vec::new();
    let mut lines = Lines { text, byte: 0, line: 1 };
    let mut escaped_in = 0;
    for capture in OPENING.captures_iter(text) {
        let whole = capture.get_match();
        let line = lines.line_of(whole.start());
        let Some(backslash) = capture.get(1) else {
            found.push(Err(Malformed { line, message: SPACED }));
            continue;
        };
        if !backslash.is_empty() {
            if escaped_in == line {
                found.push(Err(Malformed { line, message: ESCAPED_TWICE }));
            }
            escaped_in = line;
            continue;
        }
        let Some(inside) = capture.get(2) else {
            found.push(Err(Malformed { line, message: UNCLOSED }));
            continue;
        };
        let mut words = inside.as_str().split_whitespace();
        let before = &text[..whole.start()];
        let after = text[whole.end()..].trim_start_matches([' ', '\t', '\r']);
        found.push(Ok(RawDirective {
            range: whole.range(),
            line,
            name: words.next().unwrap_or_default(),
            arguments: words.collect(),
            alone: (before.is_empty() || before.ends_with('\n'))
                && (after.is_empty() || after.starts_with('\n')),
        }));
    }
    found
}

/// The line, counted from 1, in which something begins that mdBook may take for a directive.
pub(crate) fn opening(text: &str) -> Option<usize> {
    let found = OPENING.find(text)?;
    Some(Lines { text, byte: 0, line: 1 }.line_of(found.start()))
}

/// A directive or the beginning of one; or a directive of mdBook's, which may have a space before
/// the `#`, and then cannot be escaped.
static OPENING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(\\?)\{\{#(?:([^{}\r\n]*)\}\})?|\{\{\s+#\w+\s+[^}]+\}\}")
        .expect("the expression is well-formed")
});

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
        let found: Vec<_> = raw_directives(text).into_iter().map(Result::unwrap).collect();
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].name, found[0].line, found[0].alone), ("listing", 3, true));
        assert_eq!(found[0].arguments, ["join", "three_calls"]);
        assert_eq!((found[1].name, found[1].line, found[1].alone), ("time", 4, false));
    }

    #[test]
    fn a_backslash_makes_it_text() {
        assert!(raw_directives(r"Write `\{{#listing join}}`.").is_empty());
    }

    #[test]
    fn a_directive_that_is_not_closed_is_found() {
        let unclosed = |line| [Err(Malformed { line, message: UNCLOSED })];
        assert_eq!(raw_directives("a\n{{#listing join\nb"), unclosed(2));
        assert_eq!(raw_directives("a {{# b"), unclosed(1));
        assert_eq!(raw_directives("a\n\n{{#include\nb}}"), unclosed(3));
    }

    #[test]
    fn mdbook_allows_a_space_and_we_do_not() {
        let spaced = |line| [Err(Malformed { line, message: SPACED })];
        assert_eq!(raw_directives("a\n{{ #include b}}"), spaced(2));
        assert_eq!(raw_directives("\\{{ #include b}}"), spaced(1));
        assert_eq!(raw_directives("{{\n\t#include\nb c}}"), spaced(1));
        assert!(raw_directives("=> {{\n    #[allow(unused)]\n    f();\n}}").is_empty());
    }

    #[test]
    fn mdbook_sees_one_backslash_in_a_line() {
        let twice = [Err(Malformed { line: 2, message: ESCAPED_TWICE })];
        assert_eq!(raw_directives("\\{{#a}}\n`\\{{#b}}`, `\\{{#c}}`"), twice);
    }
}
