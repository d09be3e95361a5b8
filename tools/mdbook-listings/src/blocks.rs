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
//! * A block without `main` is wrapped in one, as rustdoc does.

/// The comment that begins a program which must be rejected; the first line of the compiler's
/// message follows.
pub const REJECTED: &str = "// must be rejected with ";

/// Rewrites the Rust blocks of an expanded chapter; all other text stays as it is.
///
/// In a block tagged `rejected`, the message is taken from the block of text that follows it: the
/// two stand together on the page.
pub fn prepare(markdown: &str) -> String {
    let lines: Vec<&str> = markdown.lines().collect();
    let mut prepared = String::with_capacity(markdown.len());
    let mut at = 0;
    while at < lines.len() {
        let Some(tags) = lines[at].strip_prefix("```rust") else {
            prepared.push_str(lines[at]);
            prepared.push('\n');
            at += 1;
            continue;
        };
        let end =
            (at + 1..lines.len()).find(|&i| lines[i].starts_with("```")).unwrap_or(lines.len());
        let code = unhide(&lines[at + 1..end]);
        let tags: Vec<&str> = tags.split(',').collect();
        let (info, code) = if tags.contains(&"rejected") {
            let headline = lines[end..].iter().skip_while(|line| **line != "```text").nth(1);
            let headline = headline.copied().unwrap_or_default();
            ("rust,no_run,should_panic", format!("{REJECTED}{headline}\n{code}"))
        } else if tags.contains(&"proof") {
            ("rust", code)
        } else {
            ("rust", quick(&with_main(&code)))
        };
        prepared.push_str(&format!("```{info}\n{code}\n```\n"));
        at = end + 1;
    }
    prepared
}

/// The code as the compiler is to see it: hidden lines like all others.
fn unhide(lines: &[&str]) -> String {
    let lines = lines.iter().map(|line| match line.trim_start() {
        "#" => "",
        trimmed => trimmed.strip_prefix("# ").unwrap_or(line),
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn with_main(code: &str) -> String {
    match code.contains("fn main(") {
        true => code.to_owned(),
        false => format!("fn main() {{\n{code}\n}}"),
    }
}

/// The program, made to wait no longer than it must.
fn quick(code: &str) -> String {
    const MAIN: &str = "#[tokio::main]";
    const PAUSED_MAIN: &str = r#"#[tokio::main(flavor = "current_thread", start_paused = true)]"#;
    code.replace(MAIN, PAUSED_MAIN).replace("Duration::from_secs(", "Duration::from_millis(")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_under_tokio_main_gets_the_paused_clock() {
        let text = "Text.\n\n```rust,program\n#[tokio::main]\nasync fn main() {}\n```\n";
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
    fn a_fragment_gets_a_main() {
        assert_eq!(
            prepare("```rust\nlet x = 1;\n```\n"),
            "```rust\nfn main() {\nlet x = 1;\n}\n```\n"
        );
    }

    #[test]
    fn other_languages_are_left_alone() {
        let text = "```python\n# a comment\nfrom_secs(\n```\n\n~~~text\n#\n~~~\n";
        assert_eq!(prepare(text), text);
    }
}
