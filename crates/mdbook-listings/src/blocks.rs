//! The Rust blocks of an expanded chapter, prepared for skeptic.
//!
//! skeptic compiles and runs every Rust block that it finds in a Markdown file. A few things have
//! to be arranged before:
//!
//! * A program under `#[tokio::main]` gets the paused clock, so that its waiting costs nothing; and
//!   the seconds of every program become milliseconds, for those that block a thread. A *proof* is
//!   left as it is: it brings its own clock.
//! * skeptic does not know programs that must be rejected. Such a block becomes a test that must
//!   panic, because compiling it fails; its first line says by which message, and
//!   the stand-in for `rustc` ([`REJECTED`]) fails for no other reason.
//! * The proof of an exercise, tagged `unsolved`, must fail on the program that the reader starts with.
//! * A block of another edition is tagged, such as `edition2021`; its first line says so to the
//!   stand-in for `rustc` ([`EDITION`]).
//! * A block without `main` is wrapped in one, as rustdoc does.

use std::ops::Range;

use mdbook_markdown::{
    MarkdownOptions, new_cmark_parser,
    pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd},
};

/// The comment that begins a program which must be rejected; the first line of the compiler's
/// message follows.
pub const REJECTED: &str = "// must be rejected with ";

/// The comment that begins a program of another edition than the book's; the edition follows. On
/// the page, it is a tag of the block: `edition2021`.
pub const EDITION: &str = "// edition ";

/// A fenced block of code in a Markdown text.
#[derive(Debug, PartialEq)]
pub(crate) struct Block {
    /// Its bytes in the text, fences included.
    pub(crate) range: Range<usize>,
    /// The words after the opening fence, such as `rust` and `proof`.
    pub(crate) tags: Vec<String>,
    /// What is between the fences, without the indentation that they have.
    pub(crate) code: String,
}

impl Block {
    pub(crate) fn is(&self, tag: &str) -> bool {
        self.tags.iter().any(|other| other == tag)
    }
}

/// The fenced blocks of a text, wherever CommonMark allows one: fenced by backticks or tildes, in
/// a list, in a quotation.
pub(crate) fn fenced(markdown: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    for (event, range) in events(markdown) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                // What is in parentheses is a comment to rustdoc.
                let info = info.split('(').next().unwrap_or_default();
                // Both rustdoc and skeptic take the tags apart in this way.
                let is_separator = |c: char| !(c == '_' || c == '-' || c.is_alphanumeric());
                let tags = info.split(is_separator).filter(|tag| !tag.is_empty());
                let tags = tags.map(str::to_owned).collect();
                blocks.push(Block { range, tags, code: String::new() });
                open = true;
            }
            Event::Text(text) if open => {
                if let Some(block) = blocks.last_mut() {
                    block.code.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => open = false,
            _ => {}
        }
    }
    blocks
}

/// The text as mdBook reads it.
pub(crate) fn events(markdown: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    new_cmark_parser(markdown, &MarkdownOptions::default()).into_offset_iter()
}

/// A block of code, with fences that nothing in the code can close.
pub(crate) fn fence(info: &str, code: &str) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(3.max(longest + 1));
    format!("{fence}{info}\n{code}\n{fence}")
}

/// Rewrites the Rust blocks of an expanded chapter; all other text stays as it is.
///
/// In a block tagged `rejected`, the message is taken from the block of text that follows it: the
/// two stand together on the page.
pub fn prepare(markdown: &str) -> String {
    let blocks = fenced(markdown);
    let mut prepared = String::with_capacity(markdown.len());
    let mut done = 0;
    for (position, block) in blocks.iter().enumerate() {
        if !block.is("rust") {
            continue;
        }
        let code = unhide(&block.code);
        let (info, code) = if block.is("rejected") {
            let message = blocks[position + 1..].iter().find(|block| block.is("text"));
            let headline = message.and_then(|block| block.code.lines().next()).unwrap_or_default();
            ("rust,no_run,should_panic", format!("{REJECTED}{headline}\n{code}"))
        } else if block.is("unsolved") {
            ("rust,should_panic", code)
        } else if block.is("proof") {
            ("rust", code)
        } else {
            ("rust", quick(&with_main(&code)))
        };
        let edition = block.tags.iter().find_map(|tag| tag.strip_prefix("edition"));
        let code = match edition {
            Some(edition) => format!("{EDITION}{edition}\n{code}"),
            None => code,
        };
        prepared.push_str(&markdown[done..block.range.start]);
        // Out of the list or the quotation that it may stand in.
        if !prepared.is_empty() && !prepared.ends_with('\n') {
            prepared.push('\n');
        }
        prepared.push_str(&fence(info, &rehide_lines(&code)));
        done = block.range.end;
    }
    prepared.push_str(&markdown[done..]);
    prepared
}

/// A line of a program as mdBook and rustdoc hide it.
pub(crate) fn hide_line(line: &str) -> String {
    match line {
        "" => "#".to_owned(),
        line => format!("# {line}"),
    }
}

/// A line of a program so that mdBook and rustdoc show it: it may look like a hidden one, in a
/// string of several lines for example.
pub(crate) fn escape_line(line: &str) -> String {
    let trimmed = line.trim_start();
    if trimmed == "#" || trimmed.starts_with("# ") || trimmed.starts_with("##") {
        format!("{}#{trimmed}", &line[..line.len() - trimmed.len()])
    } else {
        line.to_owned()
    }
}

/// The code as the compiler is to see it: hidden lines like all others.
fn unhide(code: &str) -> String {
    let lines = code.lines().map(|line| {
        let trimmed = line.trim_start();
        let indentation = &line[..line.len() - trimmed.len()];
        match trimmed.strip_prefix('#') {
            Some("") => String::new(),
            Some(rest) if rest.starts_with('#') => format!("{indentation}{rest}"),
            Some(rest) if rest.starts_with(' ') => format!("{indentation}{}", &rest[1..]),
            _ => line.to_owned(),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The code with those lines marked as hidden that skeptic would take for such, and unhide.
fn rehide_lines(code: &str) -> String {
    let looks_hidden = |line: &str| line.trim() == "#" || line.trim_start().starts_with("# ");
    let lines = code.lines();
    let lines =
        lines.map(|line| if looks_hidden(line) { hide_line(line) } else { line.to_owned() });
    lines.collect::<Vec<_>>().join("\n")
}

fn with_main(code: &str) -> String {
    if code.contains("fn main(") { code.to_owned() } else { format!("fn main() {{\n{code}\n}}") }
}

/// The program on another clock, and otherwise as it is: on one thread, the clock is paused; and
/// the seconds of what really waits are made milliseconds.
fn quick(code: &str) -> String {
    CLOCK.iter().fold(code.to_owned(), |code, (shown, tested)| code.replace(shown, tested))
}

/// All that is changed in a program before it is compiled and run: what the page shows, and what
/// stands in its place.
pub const CLOCK: [(&str, &str); 2] = [
    (
        r#"#[tokio::main(flavor = "current_thread")]"#,
        r#"#[tokio::main(flavor = "current_thread", start_paused = true)]"#,
    ),
    ("Duration::from_secs(", "Duration::from_millis("),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_under_tokio_main_gets_the_paused_clock() {
        let text = "Text.\n\n```rust,program\n#[tokio::main(flavor = \"current_thread\")]\n\
                    async fn main() {}\n```\n";
        assert_eq!(
            prepare(text),
            "Text.\n\n```rust\n#[tokio::main(flavor = \"current_thread\", start_paused = true)]\n\
             async fn main() {}\n```\n"
        );
    }

    #[test]
    fn a_program_that_blocks_is_a_thousand_times_faster() {
        let text = "```rust\nfn main() { sleep(Duration::from_secs(5)); }\n```\n";
        assert!(prepare(text).contains("Duration::from_millis(5)"));
    }

    #[test]
    fn a_block_of_another_edition_says_so() {
        let text = "```rust,proof,edition2021\nfn main() {}\n```\n";
        assert_eq!(prepare(text), "```rust\n// edition 2021\nfn main() {}\n```\n");
    }

    #[test]
    fn a_proof_keeps_its_clock() {
        let text = "```rust,proof\n# fn main() {\nf(Duration::from_secs(5));\n# }\n```\n";
        assert_eq!(prepare(text), "```rust\nfn main() {\nf(Duration::from_secs(5));\n}\n```\n");
    }

    #[test]
    fn a_rejected_program_names_its_message() {
        let text = "```rust,rejected\nfn main() { x.await }\n```\n\n```text\nerror[E0728]: no\n  more\n```\n";
        let prepared = prepare(text);
        assert!(prepared.starts_with(
            "```rust,no_run,should_panic\n// must be rejected with error[E0728]: no\nfn main()"
        ));
        assert!(prepared.contains("```text\nerror[E0728]: no\n  more\n```\n"));
    }

    #[test]
    fn the_proof_of_an_exercise_must_fail() {
        let text = "```rust,proof,unsolved\n# fn main() {\nf(Duration::from_secs(5));\n# }\n```\n";
        assert_eq!(
            prepare(text),
            "```rust,should_panic\nfn main() {\nf(Duration::from_secs(5));\n}\n```\n"
        );
    }

    #[test]
    fn a_fragment_gets_a_main() {
        assert_eq!(
            prepare("```rust\nlet x = 1;\n```\n"),
            "```rust\nfn main() {\nlet x = 1;\n}\n```\n"
        );
    }

    #[test]
    fn other_languages_are_left_alone() {
        let text = "```python\n# a comment\nfrom_secs(\n```\n\n~~~text\n#\n~~~\n\n    rust\n";
        assert_eq!(prepare(text), text);
    }

    #[test]
    fn a_rust_block_is_found_however_it_is_fenced() {
        let prepared = "```rust\nfn main() {}\n```";
        for text in [
            "```rust\nfn main() {}\n```",
            "````rust\nfn main() {}\n````",
            "~~~rust\nfn main() {}\n~~~",
            "``` rust\nfn main() {}\n```",
            "```rust, program\nfn main() {}\n```",
            "``` program rust\nfn main() {}\n`````",
            "```rust\r\nfn main() {}\r\n```",
            "```rust\nfn main() {}",
        ] {
            assert_eq!(prepare(text), prepared, "{text}");
        }
    }

    #[test]
    fn a_rust_block_is_taken_out_of_a_list_and_a_quotation() {
        assert_eq!(
            prepare(
                "1. One.\n\n   ```rust\n   fn main() {\n       f();\n   }\n   ```\n\n2. Two.\n"
            ),
            "1. One.\n\n   \n```rust\nfn main() {\n    f();\n}\n```\n\n2. Two.\n"
        );
        assert_eq!(
            prepare("   ```rust\n   fn main() {}\n   ```\n"),
            "   \n```rust\nfn main() {}\n```\n"
        );
        assert_eq!(
            prepare("> ~~~rust\n> fn main() {}\n> ~~~\n>\n> Text.\n"),
            "> \n```rust\nfn main() {}\n```\n>\n> Text.\n"
        );
    }

    #[test]
    fn a_fence_in_the_code_does_not_close_the_block() {
        let text = "````rust\n/*\n```\n*/\nfn main() {}\n````\n";
        assert_eq!(prepare(text), text);
    }

    #[test]
    fn what_looks_like_a_hidden_line_is_kept() {
        let line = |line: &str| unhide(&escape_line(line));
        for code in
            ["#", "# Title", "## Title", "  # Title", "#[test]", "#!", "#Title", "x # y", ""]
        {
            assert_eq!(line(code), code);
            assert_eq!(unhide(&hide_line(code)), code);
        }
        // skeptic removes the mark.
        let text = "```rust\nfn main() {\n\"\n## Title\n\";\n}\n```\n";
        assert_eq!(prepare(text), "```rust\nfn main() {\n\"\n# # Title\n\";\n}\n```\n");
    }
}
