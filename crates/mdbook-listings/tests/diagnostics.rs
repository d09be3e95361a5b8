//! Whatever is wrong with a book is reported once, with file, line and a suggested fix; what is right is
//! expanded in full.

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
};

use mdbook_driver::MDBook;
use mdbook_listings::{Catalogue, Listings};
use mdbook_preprocessor::PreprocessorContext;
use tempfile::TempDir;

const PROGRAM: &str = "\
use std::time::Duration;

/// The entry of the program.
#[tokio::main]
pub async fn main() {
    two_calls().await;
}

/// Makes two calls.
pub async fn two_calls() {
    tokio::join!(wait(1, Duration::from_secs(5)), wait(2, Duration::from_secs(8)));
}

/// Waits.
#[tracing::instrument(ret)]
pub async fn wait(call: u32, delay: Duration) {
    tokio::time::sleep(delay).await;
}
";

const DOCUMENTATION: &str = "\
//! Two calls `join!`ed take as long as the slower.
//!
//! ```
//! # use timeline::record;
//! record(join::two_calls()).1.assert_recorded();
//! ```
";

const RECORDING: &str = r#"clock = "virtual"
total = "8s"

[[call]]
name = "wait"
call = 1
arguments = { delay = "5s" }
start = "0s"
polls = ["0s", "5s"]
end = "5s"
outcome = "returned"
order = 1

[[call]]
name = "wait"
call = 2
arguments = { delay = "8s" }
start = "0s"
polls = ["0s", "5s", "8s"]
end = "8s"
outcome = "returned"
order = 2
"#;

/// A book in a temporary folder.
struct Book(TempDir);

impl Book {
    /// A book with a chapter, a listing that has been recorded and translated, and a rejected
    /// program: nothing is wrong with it.
    fn new() -> Book {
        let book = Book(tempfile::tempdir().expect("a temporary folder"));
        let command =
            "[preprocessor.listings]\ncommand = \"mdbook-listings\"\nbefore = [\"links\"]\n";
        book.write("book.toml", command);
        book.write("src/SUMMARY.md", "# Summary\n\n- [Concurrent](concurrent.md)\n");
        book.write("src/concurrent.md", "# Concurrent\n\n{{#listing join}}\n");
        book.listing("concurrent", "join");
        book.write("listings/concurrent/join/timeline.toml", RECORDING);
        book.write("listings/concurrent/join/join.py", "print('<5>')\n");
        book.write("tests/errors/no-await.rs", "fn main() {\n    f();\n}\n");
        let message = "error[E0425]: cannot find `f`\n --> no-await.rs:2:5\n";
        book.write("tests/errors/no-await.stderr", message);
        book
    }

    fn listing(&self, chapter: &str, name: &str) {
        let folder = format!("listings/{chapter}/{name}");
        self.write(&format!("{folder}/Cargo.toml"), format!("[package]\nname = \"{name}\"\n"));
        self.write(&format!("{folder}/src/lib.rs"), format!("{DOCUMENTATION}\n{PROGRAM}"));
    }

    fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().expect("it is in the book")).expect("a new folder");
        fs::write(path, content).expect("a new file");
    }

    fn remove(&self, path: &str) {
        let path = self.0.path().join(path);
        match path.is_dir() {
            true => fs::remove_dir_all(path),
            false => fs::remove_file(path),
        }
        .expect("it was there");
    }

    fn catalogue(&self) -> Catalogue {
        Catalogue::load(self.0.path()).unwrap_or_else(|error| panic!("{error}"))
    }

    /// What is wrong with the listings.
    fn diagnostics(&self) -> Vec<String> {
        match Catalogue::load(self.0.path()) {
            Ok(_) => Vec::new(),
            Err(diagnostics) => diagnostics.0.iter().map(ToString::to_string).collect(),
        }
    }

    /// The page of the chapter `concurrent`, had it this text.
    fn expand(&self, text: &str) -> Result<String, Vec<String>> {
        let expanded = self.catalogue().expand(Path::new("src/concurrent.md"), text);
        expanded.map_err(|wrong| wrong.0.iter().map(ToString::to_string).collect())
    }

    /// The page, of which nothing is wrong.
    #[track_caller]
    fn page(&self, text: &str) -> String {
        self.expand(text).unwrap_or_else(|diagnostics| panic!("{diagnostics:#?}"))
    }

    /// Builds the book as mdBook does, and returns the HTML of the chapter.
    fn build(&self) -> Result<String, String> {
        let error = |error: mdbook_preprocessor::errors::Error| format!("{error:#}");
        let mut book = MDBook::load(self.0.path()).map_err(error)?;
        // It takes the place of the one in book.toml, which has the same name.
        book.with_preprocessor(Listings);
        book.build().map_err(error)?;
        Ok(fs::read_to_string(self.0.path().join("book/concurrent.html")).expect("a page"))
    }
}

/// Checks that each of these texts has one diagnostic, and that it is this one in the third line.
#[track_caller]
fn assert_wrong<const N: usize>(book: &Book, wrong: [(&str, &str); N]) {
    for (text, message) in wrong {
        let diagnostics = book.expand(&format!("# Concurrent\n\n{text}\n\nMore text.\n"));
        let expected = format!("src/concurrent.md:3: {message}");
        assert_eq!(diagnostics, Err(vec![expected]), "{text}");
    }
}

/// The first Rust block with this tag, all hidden lines unfolded.
#[track_caller]
fn program(page: &str, tag: &str) -> String {
    let fence = format!("```rust,{tag}\n");
    let (_, rest) = page.split_once(&fence).unwrap_or_else(|| panic!("no {fence} in {page}"));
    let (code, _) = rest.split_once("\n```\n").expect("the block is closed");
    let lines = code.lines().map(|line| match line.strip_prefix("# ") {
        Some(hidden) => hidden,
        None if line == "#" => "",
        None => line,
    });
    lines.map(|line| format!("{line}\n")).collect()
}

mod directives {
    use super::*;

    #[test]
    fn that_ask_for_a_bench_name_a_mode_and_its_delays() {
        let book = Book::new();
        let modes = "there is `blocking`, `threads`, `series`, `spawned`, `joined`";
        let delays = "it takes seconds from 0 to 20, in steps of 0.5";
        let example = "as in `{{#bench series 5 8 2}}`";
        let no_delay = |word| format!("`{word}` is no delay of `bench`: {delays}, {example}");
        assert_wrong(
            &book,
            [
                ("{{#bench}}", &format!("`bench` needs a mode, {example}")),
                ("{{#bench xyz 5}}", &format!("`xyz` is no mode of `bench`; {modes}")),
                ("{{#bench join 5}}", "`join` is no mode of `bench`; did you mean `joined`?"),
                ("{{#bench joined}}", &format!("`bench` takes 1 to 20 delays, not 0, {example}")),
                (
                    &format!("{{{{#bench joined{}}}}}", " 1".repeat(21)),
                    &format!("`bench` takes 1 to 20 delays, not 21, {example}"),
                ),
                ("{{#bench joined 5 20.5}}", &no_delay("20.5")),
                ("{{#bench joined 5 -1}}", &no_delay("-1")),
                ("{{#bench joined 0.3}}", &no_delay("0.3")),
                ("{{#bench joined 5,8}}", &no_delay("5,8")),
                ("{{#bench joined NaN}}", &no_delay("NaN")),
                ("{{#bench joined \">}}", &no_delay("\">")),
                // The listing that makes its calls so is gone.
                ("{{#bench series 5}}", "there is no listing `serial-await`; there is `join`"),
                (
                    "a {{#bench joined 5}}",
                    "`bench` makes a block: give it a line for itself, from the first column on",
                ),
            ],
        );
        let page = book.page("{{#bench joined 5.0 0.5 -0}}\n");
        assert!(page.contains("data-bench=\"{&quot;mode&quot;:&quot;joined&quot;,&quot;delays&quot;:[5000,500,0]}\""), "{page}");
        assert!(page.contains("href=\"listings.md#join\""), "{page}");
    }

    #[test]
    fn that_are_unknown_are_refused_with_the_nearest() {
        let all = "there is `listing`, `proof`, `timeline`, `predict`, `bench`, `output`, \
                   `exercise`, `error`, `rosetta`, `time`, `catalogue`";
        assert_wrong(
            &Book::new(),
            [
                ("{{#lsting join}}", "there is no directive `lsting`; did you mean `listing`?"),
                ("{{#Listing join}}", "there is no directive `Listing`; did you mean `listing`?"),
                ("{{#xyz}}", &format!("there is no directive `xyz`; {all}")),
                ("{{#목록 join}}", &format!("there is no directive `목록`; {all}")),
                ("{{#}}", &format!("this directive has no name; {all}")),
                ("{{# }}", &format!("this directive has no name; {all}")),
            ],
        );
    }

    #[test]
    fn of_mdbook_are_refused() {
        for name in ["include", "rustdoc_include", "playground", "title"] {
            let diagnostics =
                Book::new().expand(&format!("\n{{{{#{name} ../x.rs}}}}\n")).unwrap_err();
            assert_eq!(diagnostics.len(), 1);
            let message =
                format!("src/concurrent.md:2: mdBook's `{name}` is not used in this book");
            assert!(diagnostics[0].starts_with(&message), "{diagnostics:?}");
            let remedy = format!("or write `\\{{{{#{name} …}}}}` to show the directive");
            assert!(diagnostics[0].ends_with(&remedy), "{diagnostics:?}");
        }
        let spaced = "a directive begins with `{{#`, without a space in between";
        assert_wrong(
            &Book::new(),
            [("{{ #include x}}", spaced), ("{{\t#listing join}}", spaced), ("\\{{ #a b}}", spaced)],
        );
    }

    #[test]
    fn that_name_nothing_are_refused_with_the_nearest() {
        let program =
            "there is no rejected program `no-awiat` in tests/errors; did you mean `no-await`?";
        assert_wrong(
            &Book::new(),
            [
                ("{{#listing jion}}", "there is no listing `jion`; did you mean `join`?"),
                ("{{#listing 가나다}}", "there is no listing `가나다`; there is `join`"),
                ("{{#proof Join}}", "there is no listing `Join`; did you mean `join`?"),
                ("{{#timeline joined}}", "there is no listing `joined`; did you mean `join`?"),
                (
                    "{{#timeline join/agian}}",
                    "there is no recorded run `join/agian`; there is `join`",
                ),
                ("{{#exercise join}}", "there is no exercise `join`; there is none yet"),
                ("{{#output jon}}", "there is no listing `jon`; did you mean `join`?"),
                ("{{#predict jon}}", "there is no listing `jon`; did you mean `join`?"),
                ("{{#error no-awiat}}", program),
                (
                    "{{#rosetta no-awaits}}",
                    "there is no listing `no-awaits`; did you mean `no-await`?",
                ),
                ("{{#time joyn total}}", "there is no listing `joyn`; did you mean `join`?"),
            ],
        );
    }

    #[test]
    fn that_ask_for_an_unknown_part_are_refused_with_the_nearest() {
        let there_is = "; there is `1`, `2`, `wait 1`, `wait 2`";
        assert_wrong(
            &Book::new(),
            [
                (
                    "{{#listing join two_cals}}",
                    "the listing `join` has no item `two_cals`; did you mean `two_calls`?",
                ),
                (
                    "{{#listing join main wiat}}",
                    "the listing `join` has no item `wiat`; did you mean `wait`?",
                ),
                (
                    "{{#rosetta join pyton}}",
                    "`pyton` is no language of this book; did you mean `python`?",
                ),
                (
                    "{{#rosetta join javascript}}",
                    "`join` has no program in the language `javascript`",
                ),
                ("{{#rosetta no-await}}", "`no-await` has no program in another language"),
                ("{{#time join start 3}}", &format!("the run `join` has no call `3`{there_is}")),
                ("{{#time join end one}}", &format!("the run `join` has no call `one`{there_is}")),
                (
                    "{{#time join outcome wiat 1}}",
                    "the run `join` has no call `wiat 1`; did you mean `wait 1`?",
                ),
                ("{{#time join end 1 1}}", &format!("the run `join` has no call `1 1`{there_is}")),
                (
                    "{{#time join place wait}}",
                    &format!("the run `join` has 2 calls `wait`{there_is}"),
                ),
                (
                    "{{#time join ends wiat}}",
                    "the run `join` has no call of `wiat`; did you mean `wait`?",
                ),
                ("{{#time join starts 1}}", "the run `join` has no call of `1`; there is `wait`"),
                ("{{#time join totl}}", "`totl` is no figure of a run; did you mean `total`?"),
                ("{{#timeline join poll}}", "after the run, `timeline` takes `polls` or nothing"),
            ],
        );
    }

    #[test]
    fn with_too_few_or_too_many_arguments_are_refused() {
        assert_wrong(
            &Book::new(),
            [
                ("{{#listing}}", "`listing` needs the name of a listing"),
                ("{{#listing }}", "`listing` needs the name of a listing"),
                ("{{#proof}}", "`proof` needs the name of a listing"),
                ("{{#timeline}}", "`timeline` needs the name of a listing"),
                ("{{#predict}}", "`predict` needs the name of a listing"),
                ("{{#output}}", "`output` needs the name of a listing"),
                ("{{#exercise}}", "`exercise` needs the name of an exercise"),
                ("{{#exercise join x}}", "`exercise` takes one argument; `x` is too much"),
                ("{{#output join x}}", "`output` takes one argument; `x` is too much"),
                ("{{#error}}", "`error` needs the name of a program in tests/errors"),
                ("{{#rosetta}}", "`rosetta` needs the name of a listing"),
                ("{{#time}}", "`time` needs a run and a figure, as in `{{#time join total}}`"),
                ("{{#time join}}", "`time` needs a run and a figure, as in `{{#time join total}}`"),
                (
                    "{{#time join end}}",
                    "`end` needs a call, as in `{{#time join end 1}}` or, by its function and number, \
                     `{{#time join end send 1}}`",
                ),
                (
                    "{{#time join ends}}",
                    "`ends` needs a function, as in `{{#time join ends send}}`",
                ),
                ("{{#time join starts wait 1}}", "`wait 1` is too much for the figure `starts`"),
                ("{{#time join total 1}}", "`1` is too much for the figure `total`"),
                ("{{#time join end 1 2 3}}", "`1 2 3` is too much for the figure `end`"),
                (
                    "{{#proof join two_calls}}",
                    "`proof` takes one argument; `two_calls` is too much",
                ),
                ("{{#predict join 1 2}}", "`predict` takes one argument; `1 2` is too much"),
                ("{{#error no-await x}}", "`error` takes one argument; `x` is too much"),
                (
                    "{{#timeline join polls x}}",
                    "after the run, `timeline` takes `polls` or nothing",
                ),
                ("{{#catalogue join}}", "`catalogue` takes no argument"),
            ],
        );
    }

    #[test]
    fn that_make_a_block_have_a_line_for_themselves() {
        let message =
            "`listing` makes a block: give it a line for itself, from the first column on";
        assert_wrong(
            &Book::new(),
            [
                ("See {{#listing join}}", message),
                ("{{#listing join}} above", message),
                ("- {{#listing join}}", message),
                ("> {{#listing join}}", message),
                ("  {{#listing join}}", message),
                ("| {{#listing join}} |", message),
            ],
        );
        assert!(Book::new().page("Text.\n{{#listing join}} \t\r\nMore.").contains("</figure>"));
    }

    #[test]
    fn are_shown_in_code_and_not_expanded() {
        let book = Book::new();
        for (text, line) in [
            ("```text\n{{#listing join}}\n```\n", 2),
            ("~~~\n\n{{#time join total}}\n~~~\n", 3),
            ("    {{#listing join}}\n", 1),
            ("\t{{#proof join}}\n", 1),
            ("It takes `{{#time join total}}`.", 1),
        ] {
            let diagnostics = book.expand(text).unwrap_err();
            assert_eq!(diagnostics.len(), 1);
            let place =
                format!("src/concurrent.md:{line}: in code, the page would show the HTML of");
            assert!(diagnostics[0].starts_with(&place), "{diagnostics:?}");
        }
        let text = "`x` {{#time join total}} `y`\n\n```text\n\\{{#listing join}}\n```\n\n{{#proof join}}\n";
        assert!(book.page(text).contains("\\{{#listing join}}\n"));
    }

    #[test]
    fn in_comments_are_refused() {
        let book = Book::new();
        let why = "in an HTML comment, nobody sees `predict`; delete it, or move it out of the comment, or \
                   write `\\{{#predict …}}` to show the directive";
        assert_wrong(
            &book,
            [
                ("<!-- {{#predict join}} -->", why),
                ("Text <!-- {{#predict join}} --> text", why),
                ("<!-- {{#predict join}}\n\nand no end", why),
            ],
        );
        let problem = [format!("src/concurrent.md:2: {why}")];
        for text in ["<!--\n{{#predict join}}\n-->\n", "<!-- A\n{{#predict join}}\n\n-->\n"] {
            assert_eq!(book.expand(text), Err(problem.to_vec()), "{text}");
        }
        let text = "<!-- {{#time join total}} -->\n\n<!-- b --> {{#time join total}}";
        assert_eq!(book.expand(text).unwrap_err().len(), 1);
    }

    #[test]
    fn where_no_element_can_stand_are_refused() {
        let book = Book::new();
        let show = "or write `\\{{#time …}}` to show the directive";
        let tag = format!(
            "in an HTML tag, `time` would be broken HTML; move it between the tags, {show}"
        );
        let link = format!(
            "in the address or the title of a link, and in an image, `time` would be broken HTML; move it into \
             the text, {show}"
        );
        let raw = format!(
            "in this HTML element, the page would show the HTML of `time`; move it out of the element, {show}"
        );
        assert_wrong(
            &book,
            [
                ("<span title=\"{{#time join total}}\">x</span>", &tag),
                ("Text <b title='{{#time join total}}'>x</b>", &tag),
                ("[a](x.md \"{{#time join total}}\")", &link),
                ("![It takes {{#time join total}}](x.png)", &link),
                ("[a]: x.md '{{#time join total}}'", &link),
                ("<script>let total = '{{#time join total}}';</script>", &raw),
            ],
        );
        let time = "<time datetime=\"PT8S\">8\u{a0}s</time>";
        for (text, page) in [
            ("<span>{{#time join total}}</span>", format!("<span>{time}</span>")),
            ("[{{#time join total}}](x.md \"a\")", format!("[{time}](x.md \"a\")")),
            ("<div>\n{{#time join total}}\n</div>", format!("<div>\n{time}\n</div>")),
            ("## {{#time join total}} {#id}", format!("## {time} {{#id}}")),
        ] {
            assert_eq!(book.page(text), page);
        }
    }

    #[test]
    fn that_are_not_closed_are_refused() {
        let message = "this directive is not closed: `}}` must follow in the same line";
        assert_wrong(
            &Book::new(),
            [
                ("{{#listing join", message),
                ("{{#listing join}", message),
                ("{{#listing join} }", message),
                ("{{#", message),
                ("{{{{#listing join", message),
                ("{{#listing {{#time join total}}}}", message),
                ("{{#listing {join}}}", message),
                ("{{#listing\njoin}}", message),
            ],
        );
    }

    #[test]
    fn with_a_backslash_are_text() {
        let book = Book::new();
        let text = "Write `\\{{#listing jion}}`, or\n\\{{#xyz}}, or\n\\{{#include x}}.\n";
        assert_eq!(book.page(text), text);
        let message = "mdBook removes the backslash of one directive a line only: give this one a line of its own";
        assert_wrong(&book, [("`\\{{#a}}` and `\\{{#b}}`", message)]);
    }

    #[test]
    fn are_read_in_any_line_ending_and_with_any_spaces() {
        let book = Book::new();
        let page = book.page("# Title\n\n{{#listing join}}\n\nText.\n");
        assert_eq!(
            book.page("# Title\r\n\r\n{{#listing join}}\r\n\r\nText.\r\n").replace('\r', ""),
            page
        );
        assert_eq!(
            book.page("# Title\n\n{{#listing\tjoin }}\t\n\nText.\n").replace("\t\n", "\n"),
            page
        );
        assert_eq!(book.page("{{#listing join}}"), book.page("{{#listing join}}"));
    }

    #[test]
    fn are_found_in_very_long_lines() {
        let book = Book::new();
        let text =
            format!("{}{{{{#time join totla}}}}{}", "가".repeat(100_000), " x".repeat(100_000));
        let diagnostics = book.expand(&format!("\n{text}")).unwrap_err();
        assert_eq!(diagnostics.len(), 1);
        assert!(
            diagnostics[0].starts_with("src/concurrent.md:2: `totla` is no figure"),
            "{diagnostics:?}"
        );
        let text = "{{#time join total}} ".repeat(10_000);
        assert_eq!(book.page(&text).matches("8\u{a0}s").count(), 10_000);
    }

    #[test]
    fn never_make_a_panic_whatever_stands_around_them() {
        const PIECES: [&str; 44] = [
            "<!--",
            "-->",
            "<b title=\"",
            "\">",
            "[a](x \"",
            "\")",
            "<script>",
            "{{#",
            "{{",
            "}}",
            "{",
            "}",
            "#",
            "\\",
            "{{ #",
            " ",
            "\t",
            "\n",
            "\r\n",
            "\u{a0}",
            "listing",
            "proof",
            "timeline",
            "predict",
            "output",
            "exercise",
            "ends",
            "error",
            "rosetta",
            "time",
            "catalogue",
            "include",
            "join",
            "no-await",
            "wait",
            "total",
            "polls",
            "end",
            "1",
            "```",
            "~~~rust",
            "    ",
            "가나다",
            "🦀\u{202e}",
        ];
        let catalogue = Book::new().catalogue();
        let mut random = fastrand::Rng::with_seed(0);
        let mut expanded = 0;
        for _ in 0..5_000 {
            let pieces = (0..random.usize(..24)).map(|_| PIECES[random.usize(..PIECES.len())]);
            let text: String = pieces.collect();
            match catalogue.expand(Path::new("src/concurrent.md"), &text) {
                Ok(page) => {
                    expanded += 1;
                    assert!(!page.replace("\\{{#", "").contains("{{#"), "{text:?} becomes {page}");
                    mdbook_listings::blocks::prepare(&page);
                }
                Err(wrong) => {
                    assert!(!wrong.0.is_empty());
                    for diagnostic in wrong.0 {
                        assert!(
                            (1..=text.lines().count().max(1)).contains(&diagnostic.line),
                            "{text:?}"
                        );
                    }
                }
            }
        }
        assert!(expanded > 1_000, "only {expanded} texts had no diagnostic");
    }

    #[test]
    fn that_are_wrong_are_all_reported_with_their_lines() {
        let book = Book::new();
        let text = "{{#listing jion}}\n\n{{#nothing}}\n\nIt takes {{#time join tutal}}.\n\n{{#error x}}\n\n{{#proof";
        let diagnostics = book.expand(text).unwrap_err();
        let places: Vec<&str> = diagnostics.iter().map(|diagnostic| &diagnostic[..20]).collect();
        assert_eq!(places, [1, 3, 5, 7, 9].map(|line| format!("src/concurrent.md:{line}:")));
    }
}

mod listings {
    use super::*;

    /// What is wrong if this file of the good book is another.
    fn diagnostics_with(path: &str, content: impl AsRef<[u8]>) -> Vec<String> {
        let book = Book::new();
        book.write(path, content);
        book.diagnostics()
    }

    const LIB: &str = "listings/concurrent/join/src/lib.rs";

    #[test]
    fn that_are_complete_have_no_diagnostic() {
        assert!(Book::new().diagnostics().is_empty());
    }

    #[test]
    fn that_miss_a_file_are_refused() {
        let missing = "this file is missing; every folder in listings/*/ is a listing";
        for path in ["Cargo.toml", "src/lib.rs"] {
            let book = Book::new();
            book.remove(&format!("listings/concurrent/join/{path}"));
            let expected = format!("listings/concurrent/join/{path}:1: {missing}");
            assert_eq!(book.diagnostics(), [expected]);
        }
        let book = Book::new();
        book.remove("listings/concurrent/join/src");
        assert_eq!(book.diagnostics(), [format!("{LIB}:1: {missing}")]);
    }

    #[test]
    fn are_needed_and_rejected_programs_are_not() {
        let book = Book::new();
        book.remove("tests/errors");
        assert!(book.diagnostics().is_empty());
        let message = "there is no rejected program `no-await` in tests/errors; there is none yet";
        assert_wrong(&book, [("{{#error no-await}}", message)]);
        book.remove("listings");
        let diagnostics = book.diagnostics();
        assert_eq!(diagnostics.len(), 1);
        assert!(
            diagnostics[0].starts_with("listings:1: this folder cannot be read"),
            "{diagnostics:?}"
        );
    }

    #[test]
    fn without_a_recording_say_so_where_it_is_needed() {
        let book = Book::new();
        book.remove("listings/concurrent/join/timeline.toml");
        let message = "the listing `join` has no recording; make one with `TIMELINE=record cargo test -p join`";
        assert_wrong(
            &book,
            [
                ("{{#timeline join}}", message),
                ("{{#predict join}}", message),
                ("{{#time join total}}", message),
            ],
        );
        assert!(book.page("{{#listing join}}\n\n{{#proof join}}\n").contains("cargo test"));
    }

    #[test]
    fn with_an_empty_recording_have_none_yet() {
        let book = Book::new();
        book.write("listings/concurrent/join/timeline.toml", "\n");
        assert!(book.diagnostics().is_empty(), "{:?}", book.diagnostics());
        let message = "the listing `join` has no recording; make one with `TIMELINE=record cargo test -p join`";
        assert_wrong(&book, [("{{#timeline join}}", message)]);
    }

    #[test]
    fn with_a_malformed_recording_are_refused() {
        let path = "listings/concurrent/join/timeline.toml";
        let remedy = "fix it, or record it again with `TIMELINE=record cargo test -p join`";
        assert_eq!(
            diagnostics_with(path, RECORDING.replace("end = \"5s\"", "end = \"4s\"")),
            [format!("{path}:4: `start`, `polls` and `end` must not go back in time; {remedy}")]
        );
        assert_eq!(
            diagnostics_with(path, "# nothing"),
            [format!("{path}:1: missing field `clock`; {remedy}")]
        );
        assert_eq!(
            diagnostics_with("listings/concurrent/join/again.timeline.toml", "clock = \n").len(),
            1
        );
        let book = Book::new();
        book.remove(path);
        book.write(&format!("{path}/x"), "");
        let diagnostics = book.diagnostics();
        assert_eq!(diagnostics.len(), 1);
        assert!(diagnostics[0].starts_with(&format!("{path}:1: this file cannot be read")));
    }

    #[test]
    fn with_an_absurd_recording_are_drawn_all_the_same() {
        let book = Book::new();
        let absurd = RECORDING.replacen("\"8s\"", "\"500000000000years\"", 1);
        book.write("listings/concurrent/join/timeline.toml", absurd);
        assert!(book.page("{{#timeline join polls}}\n\n{{#predict join}}\n").contains("<svg"));
    }

    #[test]
    fn that_are_not_rust_are_refused() {
        let diagnostics = diagnostics_with(LIB, format!("{DOCUMENTATION}\npub fn f( {{\n}}\n"));
        assert_eq!(diagnostics.len(), 1);
        assert!(
            diagnostics[0].starts_with(&format!("{LIB}:8: this is not Rust: ")),
            "{diagnostics:?}"
        );
        assert!(diagnostics[0].ends_with("`cargo check` says more"), "{diagnostics:?}");
        let diagnostics = diagnostics_with(LIB, "fn f() { \"");
        assert!(
            diagnostics[0].starts_with(&format!("{LIB}:1: this is not Rust: ")),
            "{diagnostics:?}"
        );
    }

    #[test]
    fn without_a_claim_or_a_proof_are_refused() {
        let claim = "the file must begin with a `//!` line that says what the listing shows";
        for text in ["", PROGRAM, "//!\n//! Late.\n", "\n//! Late.\n", "// Not documentation.\n"] {
            assert_eq!(diagnostics_with(LIB, text), [format!("{LIB}:1: {claim}")], "{text}");
        }
        let proof =
            "the listing claims something and proves nothing: add a doc-test to the `//!` lines";
        for text in ["//! A claim.\n", "//! A claim.\n//!\n//! ```text\n//! No proof.\n//! ```\n"] {
            assert_eq!(diagnostics_with(LIB, text), [format!("{LIB}:1: {proof}")], "{text}");
        }
    }

    #[test]
    fn whose_package_has_another_name_are_refused() {
        let path = "listings/concurrent/join/Cargo.toml";
        assert_eq!(
            diagnostics_with(path, "[package]\nname = \"jion\"\n"),
            [format!(
                "{path}:2: the package is named `jion` and its folder `join`; give both one name"
            )]
        );
        for text in ["", "[package]\n", "[workspace]\n", "[package]\nname = 1\n"] {
            let message = "the package has no name; it should be `join`";
            assert_eq!(diagnostics_with(path, text), [format!("{path}:1: {message}")], "{text}");
        }
        let diagnostics = diagnostics_with(path, "[package]\nname = \n");
        assert_eq!(diagnostics.len(), 1);
        assert!(diagnostics[0].starts_with(&format!("{path}:2: ")), "{diagnostics:?}");
    }

    #[test]
    fn of_one_name_are_refused() {
        let book = Book::new();
        book.listing("streams", "join");
        let message = "this listing has the name of another, listings/concurrent/join; names are unique in the book";
        assert_eq!(book.diagnostics(), [format!("listings/streams/join:1: {message}")]);
    }

    #[test]
    fn whose_name_is_no_name_are_refused() {
        let book = Book::new();
        book.listing("concurrent", "a\"><b");
        book.write("tests/errors/a b.rs", "");
        let message = "must be made of letters, digits, `-` and `_` only";
        assert_eq!(
            book.diagnostics(),
            [
                format!("listings/concurrent/a\"><b:1: `a\"><b` {message}"),
                format!("tests/errors/a b.rs:1: `a b` {message}")
            ]
        );
    }

    #[test]
    fn that_are_not_utf8_are_refused() {
        let mut text = format!("{DOCUMENTATION}\n").into_bytes();
        text.extend(b"// \xff\n");
        let message = "what stands here is not UTF-8; save the file as such";
        assert_eq!(diagnostics_with(LIB, text), [format!("{LIB}:8: {message}")]);
        let recording = "listings/concurrent/join/timeline.toml";
        assert_eq!(diagnostics_with(recording, b"\n\xff"), [format!("{recording}:2: {message}")]);
    }

    #[test]
    fn that_mdbook_would_expand_are_refused() {
        let message = "mdBook would take what begins here with `{{` and `#` for a directive; write it in another way";
        let text =
            format!("{DOCUMENTATION}\npub fn f() {{\n    println!(\"{{{{#include x}}}}\");\n}}\n");
        assert_eq!(diagnostics_with(LIB, text), [format!("{LIB}:9: {message}")]);
        for path in ["tests/errors/no-await.rs", "listings/concurrent/join/join.py"] {
            assert_eq!(diagnostics_with(path, "# {{#x}}\n"), [format!("{path}:1: {message}")]);
        }
    }

    #[test]
    fn look_the_same_with_any_line_ending_and_a_byte_order_mark() {
        let text = "{{#listing join two_calls}}\n\n{{#proof join}}\n\n{{#timeline join}}\n\n\
                    {{#catalogue}}\n\n{{#error no-await}}\n\n{{#rosetta join}}\n";
        let book = Book::new();
        book.write("listings/concurrent/join/join.py", "f()\ng()\n");
        let page = book.page(text);
        for path in [
            LIB,
            "listings/concurrent/join/timeline.toml",
            "listings/concurrent/join/join.py",
            "tests/errors/no-await.rs",
            "tests/errors/no-await.stderr",
        ] {
            let text = fs::read_to_string(book.0.path().join(path)).expect("it is there");
            book.write(path, format!("\u{feff}{}", text.replace('\n', "\r\n")));
        }
        assert_eq!(book.page(text), page);
    }

    #[test]
    fn may_have_names_in_any_script() {
        let book = Book::new();
        book.listing("concurrent", "함께");
        let text = format!("{DOCUMENTATION}\npub fn 더하기() {{}}\n\npub struct 합;\n");
        book.write("listings/concurrent/함께/src/lib.rs", text);
        let page = book.page("{{#listing 함께 더하기}}\n");
        assert!(page.contains("\npub fn 더하기() {}\n#\n# pub struct 합;\n"), "{page}");
        let message = "the listing `함께` has no item `더하가`; did you mean `더하기`?";
        assert_wrong(&book, [("{{#listing 함께 더하가}}", message)]);
    }

    #[test]
    fn may_be_called_like_a_directive() {
        let book = Book::new();
        book.listing("concurrent", "listing");
        let page = book.page("{{#listing listing}}\n");
        assert!(page.starts_with("<figure class=\"listing\" data-listing=\"listing\""), "{page}");
    }

    #[test]
    fn may_stand_among_files_that_are_none() {
        let book = Book::new();
        book.write("listings/README.md", "");
        book.write("listings/concurrent/notes.txt", "");
        book.write("listings/concurrent/.editor/state", "");
        book.write("listings/.git/config", "");
        book.write("listings/concurrent/join/notes.md", "\u{0}");
        book.write("tests/errors/Cargo.toml", "");
        assert!(book.diagnostics().is_empty(), "{:?}", book.diagnostics());
    }

    #[test]
    fn that_are_wrong_are_all_reported() {
        let book = Book::new();
        book.listing("concurrent", "spawn");
        book.remove("listings/concurrent/spawn/src");
        book.write("listings/concurrent/join/timeline.toml", "clock = \"sun\"\n");
        book.write("listings/concurrent/join/again.timeline.toml", "again");
        book.write("tests/errors/no-await.rs", b"\xff");
        let diagnostics = book.diagnostics();
        let starts = [
            "listings/concurrent/join/again.timeline.toml:1: ",
            "listings/concurrent/join/timeline.toml:1: ",
            "listings/concurrent/spawn/src/lib.rs:1: ",
            "tests/errors/no-await.rs:1: ",
        ];
        assert_eq!(diagnostics.len(), starts.len(), "{diagnostics:#?}");
        for (diagnostic, start) in diagnostics.iter().zip(starts) {
            assert!(diagnostic.starts_with(start), "{diagnostics:#?}");
        }
    }
}

mod exercises {
    use super::*;

    const TEXT: &str = "\
//! Make two calls take `8 s`.
//!
//! Change `two_calls` alone.
//! At most 8 s.
//!
//! # Hints
//!
//! 1. What is *awaited* first?
//!    Look twice.
//! 2. There is a macro:
//!
//!    ```text
//!    join!
//!    ```
//!
//! # At first
//!
//! It says `the calls take 13s,
//! not 8s`.
//!
//! # Proof
//!
//! ```standalone_crate
//! # use timeline::{record, seconds};
//! let ((), run) = record(faster::two_calls());
//!
//! assert!(run.total() <= seconds(8), \"the calls take {:?}, not 8s\", run.total());
//! ```
";
    const FILE: &str = "exercises/concurrent/faster/src/lib.rs";
    const SOLUTION: &str = "listings/concurrent/faster-solved/src/lib.rs";

    fn started() -> String {
        PROGRAM
            .replace("tokio::join!(", "(")
            .replace("(5))", "(5)).await")
            .replace("(8))", "(8)).await")
    }

    /// The proof of the exercise as that of its solution, in a file of its own.
    fn solved() -> String {
        let (_, proof) = TEXT.split_once("# Proof\n//!\n").expect("there is a proof");
        let proof = proof.replace("faster::", "faster_solved::");
        let (proof, _) = proof.rsplit_once("//! ```").expect("it ends");
        format!(
            "//! Joined, they do.\n//!\n{proof}//! run.assert_recorded();\n//! ```\n\n{PROGRAM}"
        )
    }

    /// The good book with an exercise.
    fn book() -> Book {
        let book = Book::new();
        book.listing("concurrent", "faster-solved");
        book.write(SOLUTION, solved());
        book.write("listings/concurrent/faster-solved/timeline.toml", RECORDING);
        book.write("exercises/README.md", "Exercises.\n");
        book.write("exercises/concurrent/faster/Cargo.toml", "[package]\nname = \"faster\"\n");
        book.write(FILE, format!("{TEXT}\n{}", started()));
        book
    }

    /// What is wrong if this text of the documentation is another.
    fn diagnostics_with(text: &str, other: &str) -> Vec<String> {
        assert!(TEXT.contains(text), "{text}");
        let book = book();
        book.write(FILE, format!("{}\n{}", TEXT.replacen(text, other, 1), started()));
        book.diagnostics()
    }

    /// What is wrong if this text of the solution is another.
    fn solution_diagnostics_with(text: &str, other: &str) -> Vec<String> {
        assert!(solved().contains(text), "{text}");
        let book = book();
        book.write(SOLUTION, solved().replacen(text, other, 1));
        book.diagnostics()
    }

    #[test]
    fn that_are_complete_are_shown_with_all_that_belongs_to_them() {
        let book = book();
        assert_eq!(book.diagnostics(), [""; 0]);
        let page = book.page("{{#exercise faster}}\n");
        for part in [
            "<section class=\"exercise\" data-exercise=\"faster\" id=\"exercise-faster\" aria-label=\"Exercise: faster\">\n\n\
             **Exercise.** Make two calls take `8 s`.\n\nChange `two_calls` alone.\nAt most 8 s.\n\n<figure",
            "<code>exercises/concurrent/faster/src/lib.rs</code> <code>cargo test -p faster</code></figcaption>\n\n```rust,program\n",
            "says at first:</p>\n\nIt says `the calls take 13s,\nnot 8s`.\n\n<details class=\"proof\">\n<summary>The \
             proof that a solution passes</summary>\n\n```rust,proof,unsolved\n# mod faster {\n",
            "<details class=\"hint\">\n<summary>Hint 1</summary>\n\nWhat is *awaited* first?\nLook twice.\n\n</details>\n",
            "<summary>Hint 2</summary>\n\nThere is a macro:\n\n```text\njoin!\n```\n\n</details>\n",
            "<details class=\"solution\">\n<summary>A solution</summary>\n\n<figure class=\"listing\" data-listing=\"faster-solved\"",
            "</figure>\n\n<figure class=\"timeline\" data-run=\"faster-solved\"",
            "</figure>\n\n<details class=\"proof\">\n<summary>The proof: <code>cargo test -p faster-solved</code></summary>",
        ] {
            assert!(page.contains(part), "{part}\nis not in\n{page}");
        }
        assert_eq!(program(&page, "program"), started());
        assert_eq!(page.matches("<details").count(), page.matches("</details>").count());
        let twice = book.page("{{#exercise faster}}\n\n{{#exercise faster}}\n");
        assert_eq!(twice.matches("id=\"exercise-faster\"").count(), 1);
        let entry = "<li>solution of the exercise <a href=\"concurrent.md#exercise-faster\">faster</a></li>";
        assert!(book.page("{{#catalogue}}\n").contains(entry));
        assert_wrong(
            &book,
            [
                ("{{#exercise fastr}}", "there is no exercise `fastr`; did you mean `faster`?"),
                (
                    "- {{#exercise faster}}",
                    "`exercise` makes a block: give it a line for itself, from the first column on",
                ),
            ],
        );
        let catalogue = book.catalogue();
        let exercise = catalogue.exercises().next().expect("there is one");
        assert_eq!((exercise.name(), exercise.chapter()), ("faster", "concurrent"));
        assert_eq!(exercise.expected_failure(), "the calls take 13s, not 8s");
    }

    #[test]
    fn are_rendered_with_their_markdown() {
        let book = book();
        book.write("src/concurrent.md", "# Concurrent\n\n{{#exercise faster}}\n");
        let page = book.build().expect("nothing is wrong");
        for part in [
            "<strong>Exercise.</strong> Make two calls take <code>8 s</code>.",
            "What is <em>awaited</em> first?",
            "<pre><code class=\"language-text\">join!\n</code></pre>\n</details>",
        ] {
            assert!(page.contains(part), "{part}\nis not in\n{page}");
        }
        assert!(!page.contains("&lt;details") && !page.contains("&lt;/section"), "{page}");
    }

    #[test]
    fn without_a_recorded_solution_are_refused_on_the_page() {
        let book = book();
        book.remove("listings/concurrent/faster-solved/timeline.toml");
        let message = "the listing `faster-solved` has no recording; make one with \
                       `TIMELINE=record cargo test -p faster-solved`";
        assert_wrong(&book, [("{{#exercise faster}}", message)]);
    }

    #[test]
    fn that_lack_a_section_are_refused() {
        let lacks = |name, content| {
            [format!("{FILE}:1: the exercise has no section `# {name}`: {content}")]
        };
        let hints = "an ordered list of hints, from vague to concrete";
        let words = "how the proof fails before anything was changed, its words in backticks";
        assert_eq!(diagnostics_with("# Hints\n", "\n"), lacks("Hints", hints));
        assert_eq!(diagnostics_with("# At first\n", "\n"), lacks("At first", words));
        assert_eq!(
            diagnostics_with("# Proof\n", "\n"),
            lacks("Proof", "the doc-test that a solution passes")
        );
        assert_eq!(
            diagnostics_with("# Hints\n", "# Hint\n"),
            [
                format!("{FILE}:6: `Hint` is no section of an exercise; did you mean `Hints`?"),
                lacks("Hints", hints)[0].clone(),
            ]
        );
        assert_eq!(
            diagnostics_with("# At first\n", "## At first\n").len(),
            2,
            "it is a section of another level"
        );
        assert_eq!(
            diagnostics_with("//! # Proof\n", "//! # Hints\n//!\n//! # Proof\n"),
            [format!("{FILE}:21: there are two sections `# Hints`")]
        );
        let swapped = TEXT
            .replace("# At first", "# Second")
            .replace("# Hints", "# At first")
            .replace("# Second", "# Hints");
        let diagnostics = diagnostics_with(TEXT, &swapped);
        let order = "the sections must come in the order `Hints`, `At first`, `Proof`";
        assert_eq!(diagnostics[0], format!("{FILE}:1: {order}"));
    }

    #[test]
    fn whose_sections_say_nothing_are_refused() {
        let begin = "the file must begin with a `//!` line that says the task";
        assert_eq!(
            diagnostics_with("//! Make two", "//!\n//! Make two"),
            [format!("{FILE}:1: {begin}")]
        );
        let limits = "below the task, a paragraph must say what to change, and within which limits";
        let details = "//! Change `two_calls` alone.\n//! At most 8 s.\n//!\n";
        assert_eq!(diagnostics_with(details, ""), [format!("{FILE}:1: {limits}")]);
        let no_hint =
            "`# Hints` has no hint: write an ordered list of hints, from vague to concrete";
        let hints = &TEXT[TEXT.find("//! 1.").unwrap()..TEXT.find("//! # At").unwrap()];
        for other in ["", "//! Think.\n//!\n", "//! * Think.\n//!\n", "//! 1.\n//!\n"] {
            let diagnostics = diagnostics_with(hints, other);
            assert_eq!(diagnostics.len(), 1, "{diagnostics:?}");
            assert!(diagnostics[0].ends_with(no_hint), "{diagnostics:?}");
        }
        let words = "//! It says `the calls take 13s,\n//! not 8s`.\n";
        for (other, count) in [("//! It fails.\n", 0), ("//! `one` or `two`\n", 2), ("", 0)] {
            let message = format!(
                "`# At first` must say how the proof fails before anything was changed, its words in \
                 backticks; it has {count} pieces of code"
            );
            let diagnostics = diagnostics_with(words, other);
            assert_eq!(diagnostics.len(), 1, "{diagnostics:?}");
            assert!(diagnostics[0].ends_with(&message), "{diagnostics:?}");
        }
        let proof = "standalone_crate";
        assert_eq!(
            diagnostics_with(proof, "text"),
            [format!("{FILE}:22: an exercise has one proof, not 0")]
        );
        let second = "//! ```\n//! f();\n//! ```\n//!\n//! # Proof";
        assert_eq!(
            diagnostics_with("//! # Proof", second),
            [format!("{FILE}:26: an exercise has one proof, not 2")]
        );
        let above = TEXT.replacen("//! # Proof\n", "", 1) + "//!\n//! # Proof\n";
        assert_eq!(
            diagnostics_with(TEXT, &above),
            [format!("{FILE}:29: the doc-test must stand below `# Proof`")]
        );
    }

    #[test]
    fn that_miss_a_file_or_have_another_name_are_refused() {
        let missing = "this file is missing; every folder in exercises/*/ is an exercise";
        for path in ["Cargo.toml", "src/lib.rs"] {
            let book = book();
            book.remove(&format!("exercises/concurrent/faster/{path}"));
            assert_eq!(
                book.diagnostics(),
                [format!("exercises/concurrent/faster/{path}:1: {missing}")]
            );
        }
        let book = book();
        book.write("exercises/concurrent/faster/Cargo.toml", "[package]\nname = \"slower\"\n");
        let named = "the package is named `slower` and its folder `faster`; give both one name";
        assert_eq!(
            book.diagnostics(),
            [format!("exercises/concurrent/faster/Cargo.toml:2: {named}")]
        );
        book.write("exercises/concurrent/faster/Cargo.toml", "[package]\nname = \"faster\"\n");
        book.write(FILE, format!("{TEXT}\nfn f( {{\n"));
        let line = TEXT.lines().count() + 2;
        assert!(
            book.diagnostics()[0].starts_with(&format!("{FILE}:{line}: this is not Rust")),
            "{:?}",
            book.diagnostics()
        );
        book.write(FILE, b"\xff");
        assert_eq!(
            book.diagnostics(),
            [format!("{FILE}:1: what stands here is not UTF-8; save the file as such")]
        );
        book.write(FILE, TEXT.replace("Make two", "{{#x}}"));
        assert!(book.diagnostics()[0].starts_with(&format!("{FILE}:1: mdBook would take")));
    }

    #[test]
    fn of_one_name_are_refused() {
        let book = book();
        let manifest = "[package]\nname = \"faster\"\n";
        book.write("exercises/streams/faster/Cargo.toml", manifest);
        book.write("exercises/streams/faster/src/lib.rs", format!("{TEXT}\n{}", started()));
        book.listing("concurrent", "slow");
        book.write("exercises/streams/slow/Cargo.toml", "[package]\nname = \"slow\"\n");
        book.write("exercises/streams/slow/src/lib.rs", format!("{TEXT}\n{}", started()));
        let unique = "names are unique in the book";
        assert_eq!(
            book.diagnostics(),
            [
                format!(
                    "exercises/streams/faster/src/lib.rs:1: this exercise has the name of {FILE}; {unique}"
                ),
                format!(
                    "exercises/streams/slow/src/lib.rs:1: this exercise has the name of \
                     listings/concurrent/slow/src/lib.rs; {unique}"
                ),
            ]
        );
    }

    #[test]
    fn without_a_solution_in_their_chapter_are_refused() {
        let book = book();
        book.remove("listings/concurrent/faster-solved");
        let place = "listings/concurrent/faster-solved";
        assert_eq!(
            book.diagnostics(),
            [format!("{FILE}:1: the exercise has no solution: add the listing {place}")]
        );
        book.listing("other", "faster-solved");
        assert_eq!(
            book.diagnostics(),
            [format!("{FILE}:1: its solution is listings/other/faster-solved; move it to {place}")]
        );
    }

    #[test]
    fn whose_solution_has_another_proof_are_refused() {
        let other = format!("a solution has the proof of its exercise, {FILE}, word for word, but");
        let line =
            "assert!(run.total() <= seconds(8), \"the calls take {:?}, not 8s\", run.total());";
        assert_eq!(
            solution_diagnostics_with("<= seconds(8)", "<= seconds(9)"),
            [format!("{SOLUTION}:7: {other} stands there `{line}`")]
        );
        assert_eq!(
            solution_diagnostics_with("//! run.assert", "//! run.total();\n//! run.assert"),
            [format!("{SOLUTION}:8: {other} the proof has ended there")]
        );
        // It is the exercise that it runs.
        assert_eq!(solution_diagnostics_with("faster_solved::", "slower_solved::").len(), 1,);
        let missing = format!("//! {line}\n//! run.assert_recorded();\n");
        assert_eq!(
            solution_diagnostics_with(&missing, ""),
            [format!("{SOLUTION}:6: the proof of the exercise, {FILE}, goes on here: `{line}`")]
        );
        assert_eq!(
            solution_diagnostics_with("//! run.assert_recorded();\n", ""),
            [format!(
                "{SOLUTION}:8: a solution is a listing: end its proof with `run.assert_recorded();`"
            )]
        );
        assert_eq!(
            solution_diagnostics_with(
                "//! ```\n\n",
                "//! ```\n//!\n//! ```\n//! f();\n//! ```\n\n"
            ),
            [format!("{SOLUTION}:12: a solution has one proof, that of its exercise")]
        );
    }
}

mod rejected_programs {
    use super::*;

    #[test]
    fn without_a_message_say_how_to_record_it() {
        let book = Book::new();
        book.remove("tests/errors/no-await.stderr");
        let message = "the compiler's message for tests/errors/no-await.rs is missing; record it with \
                       `TRYBUILD=overwrite cargo test -p errors`";
        assert_wrong(&book, [("{{#error no-await}}", message)]);
    }

    #[test]
    fn need_not_even_be_rust() {
        let book = Book::new();
        book.write("tests/errors/no-await.rs", "\n# 안녕 ```` fn\n\n");
        let page = book.page("{{#error no-await}}\n");
        assert!(page.contains("\n\n`````rust,rejected\n\n## 안녕 ```` fn\n`````\n\n"), "{page}");
    }
}

mod pages {
    use super::*;

    #[test]
    fn show_a_listing_whole() {
        let page = Book::new().page("{{#listing join}}\n");
        assert_eq!(
            page,
            format!(
                "<figure class=\"listing\" data-listing=\"join\" id=\"listing-join\">\n<figcaption><a \
                 href=\"listings.md#join\">join</a> <code>cargo run -p join</code></figcaption>\n\n\
                 ```rust,program\n{PROGRAM}```\n\n</figure>\n\n"
            )
        );
    }

    #[test]
    fn show_some_items_and_hide_the_rest_of_a_complete_program() {
        let page = Book::new().page("{{#listing join two_calls wait}}\n");
        let shown: Vec<&str> = page
            .lines()
            .skip_while(|line| !line.starts_with("```"))
            .skip(1)
            .take_while(|line| !line.starts_with("```"))
            .filter(|line| *line != "#" && !line.starts_with("# "))
            .collect();
        let items = PROGRAM.find("/// Makes").expect("two_calls");
        assert_eq!(shown.join("\n") + "\n", &PROGRAM[items..]);
        assert_eq!(program(&page, "program"), PROGRAM);
    }

    #[test]
    fn show_a_program_that_looks_like_markdown() {
        let book = Book::new();
        let tricky = "pub const TEXT: &str = \"\n# Title\n## Section\n#\n```rust\n~~~\n````\n\";\n\npub fn f() {}\n";
        let lib = format!("{DOCUMENTATION}\n{tricky}");
        book.write("listings/concurrent/join/src/lib.rs", lib);
        let page = book.page("{{#listing join}}\n\nText.\n\n{{#listing join f}}\n");
        assert!(page.contains("`````rust,program\npub const TEXT"), "{page}");
        assert!(page.contains("\n## Title\n### Section\n##\n```rust\n"), "{page}");
        assert!(page.contains("\n# # Title\n# ## Section\n# #\n# ```rust\n"), "{page}");
        let prepared = mdbook_listings::blocks::prepare(&page);
        assert_eq!(
            prepared.matches("\n# # Title\n## Section\n# #\n```rust\n~~~\n````\n\";").count(),
            2
        );
    }

    #[test]
    fn show_a_proof_that_is_a_complete_program() {
        let page = Book::new().page("{{#proof join}}\n");
        let head = "<details class=\"proof\">\n<summary>The proof: <code>cargo test -p join</code></summary>\n\n";
        assert!(page.starts_with(head), "{page}");
        assert!(page.ends_with("\n```\n\n</details>\n\n"), "{page}");
        let proof = "use timeline::record;\nrecord(join::two_calls()).1.assert_recorded();\n";
        // skeptic runs it in another package.
        let recordings = "timeline::recordings_in(\"listings/concurrent/join\");\n";
        assert_eq!(
            program(&page, "proof"),
            format!("mod join {{\n{PROGRAM}}}\nfn main() {{\n{recordings}{proof}}}\n")
        );
        let shown: Vec<&str> = page.lines().filter(|line| line.starts_with("record(")).collect();
        assert_eq!(shown, ["record(join::two_calls()).1.assert_recorded();"]);
    }

    #[test]
    fn show_a_timeline_as_one_block_of_html() {
        let book = Book::new();
        for (directive, polls) in
            [("{{#timeline join}}", false), ("{{#timeline join polls}}", true)]
        {
            let page = book.page(directive);
            assert!(
                page.starts_with(
                    "<figure class=\"timeline\" data-run=\"join\" data-timeline=\"{&quot;r"
                ) && page.contains("}\">\n<svg "),
                "{page}"
            );
            assert!(!page.contains("\n\n"), "{page}");
            // Five polls, and the tick that the key explains.
            assert_eq!(page.matches("class=\"poll\"").count(), 6, "{page}");
            assert_eq!(page.contains("<th scope=\"col\">is polled</th>"), polls, "{page}");
            let story = "At 0 s: call 1 starts; call 2 starts. At 5 s: call 1 returns, first to \
                         complete, polled twice. At 8 s: call 2 returns, second to complete, \
                         polled 3 times. Total: 8 s; in series it would be 13 s.";
            assert!(
                page.replace('\u{a0}', " ").contains(&format!("aria-label=\"{story}\"")),
                "{page}"
            );
            assert!(page.contains("exact, on the virtual clock"), "{page}");
        }
        let wall = RECORDING.replace("virtual", "wall").replace("polls", "# polls");
        book.write("listings/concurrent/join/timeline.toml", wall);
        assert_wrong(&book, [("{{#timeline join polls}}", "no polls are recorded of `join`")]);
        assert!(book.page("{{#timeline join}}").contains("on the wall clock, in whole seconds"));
    }

    #[test]
    fn show_a_prediction_as_one_block_of_html() {
        let page = Book::new().page("{{#predict join}}");
        let folded = "<details class=\"predict\" data-run=\"join\">\n\
                      <summary>Predict. How long will it take, and in which order will the calls \
                      complete?</summary>\n<p><time datetime=\"PT8S\">8\u{a0}s</time>; the calls completed in \
                      the order 1, 2.</p>\n</details>\n";
        let form = "<form class=\"predict\" aria-label=\"Predict join\" data-run=\"join\" \
                    data-prediction=\"{&quot;run&quot;:&quot;join&quot;,&quot;total&quot;:8000,&quot;order&quot;:[1,2],\
                    &quot;calls&quot;:[1,2],&quot;fates&quot;:&quot;&quot;,&quot;isCut&quot;:false,&quot;sum&quot;:13000,\
                    &quot;longest&quot;:8000}\">\n";
        assert!(page.starts_with(&format!("{folded}{form}")), "{page}");
        assert_eq!(page.matches("aria-pressed").count(), 2, "{page}");
        assert!(page.ends_with("</form>\n") && !page.contains("\n\n"), "{page}");
    }

    #[test]
    fn veil_the_figure_that_gives_the_answer() {
        let book = Book::new();
        let veiled = |text: &str| book.page(text).matches("class=\"timeline veiled\"").count();
        assert_eq!(veiled("{{#predict join}}\n\n{{#timeline join}}\n"), 1);
        assert_eq!(veiled("{{#predict join}}\n\nText.\n\n{{#timeline join polls}}\n"), 1);
        assert_eq!(veiled("{{#predict join}}\n\n{{#timeline join}}\n\n{{#timeline join}}\n"), 1);
        assert_eq!(veiled("{{#timeline join}}\n\n{{#predict join}}\n"), 0);
        assert_eq!(veiled("{{#predict join}}\n\n## Next {#next}\n\n{{#timeline join}}\n"), 0);
    }

    #[test]
    fn show_a_rejected_program_and_why() {
        assert_eq!(
            Book::new().page("{{#error no-await}}"),
            "<figure class=\"rejected\" data-error=\"no-await\">\n<figcaption>no-await: the compiler rejects this \
             <code>rustc --explain E0425</code></figcaption>\n\n```rust,rejected\nfn main() {\n    f();\n}\n```\n\n\
             ```text\nerror[E0425]: cannot find `f`\n --> src/main.rs:2:5\n```\n\n</figure>\n"
        );
    }

    #[test]
    fn show_what_a_listing_printed() {
        let book = Book::new();
        let path = "listings/concurrent/join/output.txt";
        let message = format!(
            "the listing `join` has no output to show; make it with `cargo run --release -p join > {path}`"
        );
        assert_wrong(&book, [("{{#output join}}", &message)]);
        book.write(path, " \n\n");
        assert_wrong(&book, [("{{#output join}}", &message)]);
        book.write(path, "calls  time\r\n\r\n    1  <8 s>\n```\n");
        assert_eq!(
            book.page("{{#output join}}"),
            "<figure class=\"output\" data-output=\"join\">\n<figcaption><code>cargo run --release -p \
             join</code> has printed this:</figcaption>\n\n````text\ncalls  time\n\n    1  <8 s>\n```\n````\n\n\
             </figure>\n"
        );
        book.write(path, "one\n{{#x}}\n");
        let place = format!("{path}:2: mdBook would take");
        assert!(book.diagnostics()[0].starts_with(&place), "{:?}", book.diagnostics());
        book.write(path, b"\xff");
        assert!(
            book.diagnostics()[0].starts_with(&format!("{path}:1: what stands here is not UTF-8"))
        );
    }

    #[test]
    fn show_a_program_in_another_language() {
        let book = Book::new();
        let expected = |open| {
            format!(
                "<div class=\"rosetta\" data-rosetta=\"join\">\n<details{open}>\n<summary>The same program in \
                 Python</summary>\n<div class=\"languages\">\n<div class=\"language\" data-program=\"{{&quot;language&quot;:&quot;python&quot;,&quot;name&quot;:&quot;Python&quot;}}\">\n\
                 <p class=\"message\">In Python: <code>python3 listings/concurrent/join/join.py</code></p>\n\n\
                 ```python\nprint('<5>')\n```\n\n</div>\n</div>\n</details>\n</div>\n"
            )
        };
        assert_eq!(book.page("{{#rosetta join}}"), expected(""));
        assert_eq!(book.page("{{#rosetta join python}}"), expected(""));
        assert_eq!(book.page("{{#rosetta join open python}}"), expected(" open"));
        book.write("tests/errors/no-await.py", "f()\n");
        book.write("tests/errors/no-await.py.stderr", "NameError: f\n");
        assert!(book.page("{{#rosetta no-await}}").contains("```text\nNameError: f\n```"));
    }

    #[test]
    fn say_every_figure_of_a_run() {
        let book = Book::new();
        let time = |seconds| format!("<time datetime=\"PT{seconds}S\">{seconds}\u{a0}s</time>");
        for (figure, text) in [
            ("total", time(8)),
            ("order", "1, 2".to_owned()),
            ("polls", "2, 3".to_owned()),
            ("start 2", time(0)),
            ("end 1", time(5)),
            ("place 2", "2nd".to_owned()),
            ("outcome 2", "returned".to_owned()),
            ("end wait 1", time(5)),
            ("starts wait", "0, 0\u{a0}s".to_owned()),
            ("ends wait", "5, 8\u{a0}s".to_owned()),
        ] {
            let sentence = book.page(&format!("It is {{{{#time join {figure}}}}}."));
            assert_eq!(sentence, format!("It is {text}."));
        }
        let dropped = RECORDING.replace("\"returned\"\norder = 2", "\"running\"");
        let dropped = dropped.replace("end = \"8s\"\n", "");
        book.write("listings/concurrent/join/timeline.toml", dropped);
        assert_wrong(
            &book,
            [
                ("{{#time join end 2}}", "call 2 of the run `join` does not end"),
                ("{{#time join place 2}}", "call 2 of the run `join` does not complete"),
                ("{{#time join ends wait}}", "call 2 of the run `join` does not end"),
            ],
        );
    }

    #[test]
    fn speak_of_calls_by_their_functions() {
        let book = Book::new();
        let made = |calls: &[(&str, &str, &str)]| {
            let mut text = "clock = \"virtual\"\ntotal = \"3s\"\n".to_owned();
            for ((function, n, end), order) in calls.iter().zip(1..) {
                text += &format!(
                    "\n[[call]]\nname = \"{function}\"\narguments = {{ n = \"{n}\" }}\nstart = \"0s\"\n\
                     end = \"{end}\"\noutcome = \"returned\"\norder = {order}\n"
                );
            }
            book.write("listings/concurrent/join/timeline.toml", text);
        };
        made(&[
            ("send", "1", "0s"),
            ("recv", "1", "300ms"),
            ("send", "2", "1s 500ms"),
            ("end", "x", "2s"),
        ]);
        for (figure, text) in [
            ("end send 2", "<time datetime=\"PT1.5S\">1.5\u{a0}s</time>"),
            ("place recv", "2nd"),
            ("place recv 1", "2nd"),
            ("place end", "4th"),
            ("ends send", "0, 1.5\u{a0}s"),
            ("ends recv", "300\u{a0}ms"),
        ] {
            assert_eq!(book.page(&format!("{{{{#time join {figure}}}}}")), text);
        }
        let nearest = "the run `join` has no call `sned 2`; did you mean `send 2`?";
        assert_wrong(&book, [("{{#time join end sned 2}}", nearest)]);
        let page = book.page("{{#timeline join}}");
        assert!(page.contains("<th scope=\"row\">send 2</th>"), "{page}");
        let them = "the run `join` has 2 calls `send`; there is `send 1`, `send 2`";
        assert_wrong(&book, [("{{#time join end send}}", them)]);
        // Without numbers, or with the same one, there is no way to name a call.
        made(&[
            ("send", "one", "0s"),
            ("send", "two", "1s"),
            ("recv", "1", "2s"),
            ("recv", "1", "2s"),
        ]);
        let remedy = "number them by an argument `n: u32`";
        assert_wrong(
            &book,
            [
                (
                    "{{#time join end send}}",
                    &format!("the run `join` has 2 calls `send`; {remedy}"),
                ),
                (
                    "{{#time join end recv 1}}",
                    &format!("the run `join` has 2 calls `recv 1`; {remedy}"),
                ),
            ],
        );
    }

    #[test]
    fn show_hostile_labels_as_text() {
        let book = Book::new();
        let hostile = RECORDING.replace(
            "name = \"wait\"\ncall = 1",
            r#"name = "</svg></figure>\n\n<script>alert('&\"')</script>\n\n```rust""#,
        );
        book.write("listings/concurrent/join/timeline.toml", hostile);
        let page = book.page("{{#timeline join polls}}\n");
        assert!(!page.contains("<script") && !page.contains("</svg></figure>"), "{page}");
        assert!(!page.trim_end().contains("\n\n") && !page.contains("\n```"), "{page}");
        assert!(page.contains("&lt;script&gt;alert('&amp;&quot;')&lt;/script&gt;"), "{page}");
    }

    #[test]
    fn list_every_listing_without_a_blank_line_inside_an_entry() {
        let book = Book::new();
        let lib =
            format!("{DOCUMENTATION}\n{PROGRAM}\n  \n\t\npub const TEXT: &str = \"<b>\n \n\";\n");
        book.write("listings/concurrent/join/src/lib.rs", lib);
        let page = book.page("{{#catalogue}}\n");
        let entry = page.trim_end();
        assert!(entry.starts_with("<section class=\"entry\">\n<h2 id=\"join\">"), "{entry}");
        assert!(entry.ends_with("</section>"), "{entry}");
        assert!(entry.lines().all(|line| !line.trim().is_empty()), "{entry}");
        assert!(
            entry.contains("<p>Two calls <code>join!</code>ed take as long as the slower.</p>")
        );
        assert!(entry.contains("8\u{a0}s, virtual clock, completed 1, 2"), "{entry}");
        assert!(entry.contains("&lt;b&gt;"), "{entry}");
    }

    #[test]
    fn below_a_folder_find_the_way_back() {
        let catalogue = Book::new().catalogue();
        let page = catalogue.expand(Path::new("src/part/other/deep.md"), "{{#listing join}}\n");
        assert!(page.expect("it is right").contains("href=\"../../listings.md#join\""));
    }
}

mod a_build {
    use super::*;

    #[test]
    fn leaves_no_directive() {
        let book = Book::new();
        book.write(
            "src/concurrent.md",
            "# Concurrent\n\n{{#listing join wait}}\n\n{{#proof join}}\n{{#timeline join polls}}\n\
             {{#predict join}}\n\nIt takes {{#time join total}}; write `\\{{#time join total}}`.\n\n\
             {{#error no-await}}\n{{#rosetta join}}\n{{#catalogue}}\n",
        );
        let page = book.build().expect("nothing is wrong");
        assert_eq!(page.matches("{{#").count(), 1, "only the escaped one is left");
        assert!(page.contains("<code>{{#time join total}}</code>"));
        assert!(page.contains("<time datetime=\"PT8S\">8\u{a0}s</time>; write"));
        assert!(page.contains("<span class=\"boring\">use std::time::Duration;"));
        assert_eq!(page.matches("data-predictions=\"1\"").count(), 1);
        for tag in ["figure", "details", "section", "div class=\"rosetta\"", "svg", "table"] {
            assert!(
                page.contains(&format!("<{tag}")) && !page.contains(&format!("&lt;{tag}")),
                "{tag}"
            );
        }
    }

    #[test]
    fn reports_the_diagnostics_of_all_chapters_at_once() {
        let book = Book::new();
        book.write("src/SUMMARY.md", "# Summary\n\n- [A](a.md)\n  - [B](part/b.md)\n- [Draft]()\n");
        book.write("src/a.md", "# A\n\n{{#listing jion}}\n\n{{#time join}}\n");
        book.write("src/part/b.md", "\u{feff}# B\r\n\r\n{{#nothing}}\r\n");
        let error = book.build().expect_err("much is wrong");
        for place in ["src/a.md:3: ", "src/a.md:5: ", "src/part/b.md:3: "] {
            assert_eq!(error.matches(place).count(), 1, "{error}");
        }
    }

    #[test]
    fn refuses_directives_in_titles() {
        let book = Book::new();
        let message = "the titles of parts and chapters are text only, so this directive would be published as it \
                       is written; take it out";
        for (summary, lines) in [
            ("# Summary\n\n- [It takes {{#time join total}}](concurrent.md)\n", &[3][..]),
            ("# Summary\n\n# {{#listing join}}\n\n- [A {{#](concurrent.md)\n", &[3, 5]),
        ] {
            book.write("src/SUMMARY.md", summary);
            let error = book.build().expect_err("a title is text");
            let expected = lines.iter().map(|line| format!("src/SUMMARY.md:{line}: {message}"));
            assert!(error.ends_with(&expected.collect::<Vec<_>>().join("\n")), "{error}");
        }
    }

    #[test]
    fn expands_for_every_renderer_that_is_named_and_refuses_the_others() {
        let book = Book::new();
        book.write("src/concurrent.md", "# Concurrent\n\nIt takes {{#time join total}}.\n");
        let config = |renderers: &str| {
            format!(
                "[preprocessor.listings]\ncommand = \"mdbook-listings\"\nrenderers = [{renderers}]\n\
                 [output.html]\n[output.markdown]\n"
            )
        };
        book.write("book.toml", config("\"html\""));
        let error = book.build().expect_err("one renderer is not named");
        let message = "the renderer `markdown` would publish the directives of the chapters as they are written; \
                       name it in `renderers` of `[preprocessor.listings]` in book.toml";
        assert!(error.ends_with(message), "{error}");
        book.write("book.toml", config("\"html\", \"markdown\""));
        MDBook::load(book.0.path())
            .map(|mut mdbook| mdbook.with_preprocessor(Listings).build())
            .expect("the book can be read")
            .expect("both renderers are named");
        let page = fs::read_to_string(book.0.path().join("book/markdown/concurrent.md"));
        assert!(page.expect("a page").contains("It takes <time datetime=\"PT8S\">"));
    }

    /// mdBook takes a preprocessor that does not compile for one that does not want to run, unless its
    /// renderers are named.
    #[test]
    fn of_this_book_names_its_renderers() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let book = MDBook::load(root).expect("the book can be read");
        let named = book.config.get::<Vec<String>>("preprocessor.listings.renderers");
        assert_eq!(
            named.expect("names"),
            Some(["html", "markdown", "test"].map(String::from).to_vec())
        );
    }

    #[test]
    fn refuses_mdbook_test_and_says_what_to_use() {
        let book = Book::new();
        let mut mdbook = MDBook::load(book.0.path()).expect("the book can be read");
        let error = mdbook.with_preprocessor(Listings).test(Vec::new()).expect_err("it is refused");
        assert_eq!(
            format!("{error:#}"),
            "`mdbook test` does not know the crates that the blocks of this book use; `cargo test --test \
             skeptic` compiles and runs every block as the page shows it, and `cargo test` proves the listings"
        );
    }

    #[test]
    fn counts_the_predictions_that_readers_can_make() {
        let book = Book::new();
        book.write("src/SUMMARY.md", "# Summary\n\n- [A](concurrent.md)\n- [B](b.md)\n");
        book.write("src/concurrent.md", "# A\n\n{{#predict join}}\n\n`\\{{#predict x}}`\n");
        book.write("src/b.md", "# B\n\n{{#predict join}}\n");
        let page = book.build().expect("nothing is wrong");
        assert_eq!(page.matches("data-predictions=\"1\"").count(), 1, "one run is asked for");
    }

    #[test]
    fn reports_a_chapter_that_is_not_utf8() {
        let book = Book::new();
        book.write("src/concurrent.md", b"# Concurrent\n\n\xff\n");
        let error = book.build().expect_err("it is no text");
        assert!(error.contains("concurrent.md"), "{error}");
    }
}

mod the_program {
    use super::*;

    fn run(arguments: &[&str], input: &str) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_mdbook-listings"))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the preprocessor");
        // It may have ended already, without reading.
        let _ = child.stdin.take().expect("it was piped").write_all(input.as_bytes());
        child.wait_with_output().expect("the preprocessor ends")
    }

    /// What mdBook hands to its preprocessors.
    fn input(book: &Book) -> String {
        let read = MDBook::load(book.0.path()).expect("a book");
        let root = book.0.path().to_owned();
        let context = PreprocessorContext::new(root, read.config, "html".to_owned());
        serde_json::to_string(&(context, read.book)).expect("a book is JSON")
    }

    /// Checks that the program failed with this message, and said nothing else.
    #[track_caller]
    fn assert_fails(output: &Output, message: &str) {
        assert_eq!(output.status.code(), Some(1));
        assert!(output.stdout.is_empty());
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains(message), "{said}");
        assert!(!said.contains("panicked"), "{said}");
    }

    #[test]
    fn supports_every_renderer() {
        for renderer in ["html", "epub", "가나다"] {
            let output = run(&["supports", renderer], "");
            assert!(output.status.success());
            assert!(output.stdout.is_empty() && output.stderr.is_empty());
        }
    }

    #[test]
    fn says_a_book_and_nothing_but_a_book() {
        let output = run(&[], &input(&Book::new()));
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(output.stderr.is_empty());
        let book: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert!(book.to_string().contains("rust,program"), "{book}");
    }

    #[test]
    fn refuses_what_is_no_book() {
        for garbage in ["", "garbage", "{}", "[]", "[1, 2]", "\u{0}", "[{\"root\": \"x\"}, {}]"] {
            let message = "mdbook-listings: standard input is not a book in JSON: ";
            let output = run(&[], garbage);
            assert_fails(&output, message);
            assert_fails(&output, "; mdBook starts this program, see book.toml\n");
        }
        let book = input(&Book::new());
        assert_fails(&run(&[], &book[..book.len() / 2]), "standard input is not a book in JSON");
    }

    #[test]
    fn refuses_an_unknown_argument() {
        for argument in ["build", "--help", ""] {
            let message = format!(
                "mdbook-listings: unknown argument `{argument}`; mdBook starts this program, see book.toml\n"
            );
            assert_fails(&run(&[argument], ""), &message);
        }
    }

    #[test]
    fn reports_what_is_wrong_with_the_book() {
        let book = Book::new();
        book.write("src/concurrent.md", "{{#listing jion}}\n\n{{#nothing}}\n");
        let output = run(&[], &input(&book));
        assert_fails(
            &output,
            "src/concurrent.md:1: there is no listing `jion`; did you mean `join`?\n",
        );
        assert_fails(&output, "src/concurrent.md:3: there is no directive `nothing`");
        book.remove("listings/concurrent/join/Cargo.toml");
        assert_fails(&run(&[], &input(&book)), "listings/concurrent/join/Cargo.toml:1: ");
    }
}
