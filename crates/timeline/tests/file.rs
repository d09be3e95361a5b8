//! Recordings as files: what cannot be true is refused with its place and the remedy, and what is
//! written is read back the same.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use tempfile::TempDir;
use timeline::{Call, Clock, Event, EventKind, Run};

/// A recording with three calls; the tests spoil one line of it at a time.
const GOOD: &str = r#"clock = "virtual"
total = "8s"

[[call]]
name = "random_add"
call = 1
arguments = { delay = "5s" }
start = "0s"
polls = ["0s", "5s"]
end = "5s"
outcome = "returned"
order = 2

[[call]]
name = "random_add"
call = 2
parent = 1
start = "0s"
polls = ["0s", "2s"]
end = "2s"
outcome = "failed"
order = 1

[[call]]
name = "random_add"
call = 3
start = "1s"
polls = ["1s"]
end = "8s"
outcome = "dropped"
"#;

/// The error about a recording with this text.
fn error(text: &str) -> String {
    let package = package();
    let error = Run::parse(&recording(&package), text).expect_err("the text is refused");
    error.to_string().replace(&*package.path().to_string_lossy(), "join")
}

/// The error about [`GOOD`] with one of its lines changed, counted from 1.
fn error_with_line(number: usize, replacement: &str) -> String {
    let mut lines: Vec<&str> = GOOD.lines().collect();
    lines[number - 1] = replacement;
    error(&lines.join("\n"))
}

/// Checks that an error is one line which names the file, this line of it, what is wrong there,
/// and the remedy.
#[track_caller]
fn assert_names(error: &str, line: usize, wrong: &str) {
    let place = format!("join/timeline.toml:{line}: ");
    assert!(error.starts_with(&place), "{error}");
    assert!(error.contains(wrong), "{error}");
    assert!(error.ends_with("`TIMELINE=record cargo test -p join`"), "{error}");
    assert_eq!(error.lines().count(), 1, "{error}");
}

/// The folder of a package named `join`.
fn package() -> TempDir {
    let package = tempfile::tempdir().expect("a temporary folder");
    fs::write(package.path().join("Cargo.toml"), "[package]\nname = \"join\"\n")
        .expect("a new file");
    package
}

fn recording(package: &TempDir) -> PathBuf {
    package.path().join("timeline.toml")
}

#[test]
fn a_good_recording_is_read() {
    let run = Run::parse(Path::new("timeline.toml"), GOOD).expect("it is good");
    assert_eq!(run.clock(), Clock::Virtual);
    assert_eq!(run.total(), timeline::seconds(8));
    assert_eq!(run.completion_order(), [2, 1]);
    assert_eq!(run.poll_counts(), [2, 2, 1]);
    assert_eq!(run.call(2).parent, Some(0));
}

#[test]
fn a_syntax_error_is_refused() {
    assert_names(&error_with_line(5, "name = "), 5, "");
    assert_names(&error_with_line(7, "arguments = { delay = \"5s\""), 8, "");
    assert_names(&error_with_line(4, "[[call"), 4, "");
    assert_names(&error_with_line(9, "polls = [\"0s\" \"5s\"]"), 9, "");
}

#[test]
fn an_unknown_key_is_refused() {
    assert_names(&error_with_line(6, "cal = 1"), 6, "unknown field `cal`");
    assert_names(&error(&format!("length = \"8s\"\n{GOOD}")), 1, "unknown field `length`");
}

#[test]
fn a_key_that_stands_twice_is_refused() {
    assert_names(&error_with_line(6, "name = \"random_add\""), 6, "duplicate key");
}

#[test]
fn an_unknown_outcome_or_clock_is_refused() {
    assert_names(
        &error_with_line(11, "outcome = \"retuned\""),
        11,
        "`returned`, `failed`, `dropped`",
    );
    assert_names(&error_with_line(1, "clock = \"sun\""), 1, "`virtual` or `wall`");
}

#[test]
fn what_is_no_duration_is_refused() {
    let example = "is not a duration such as \"1s 500ms\"";
    for bad in ["", "five", "5", "5x", "-5s", "5,5s", "5s 5", "99999999999999999999s", "∞"] {
        assert_names(&error_with_line(8, &format!("start = \"{bad}\"")), 8, example);
        assert_names(&error_with_line(10, &format!("end = \"{bad}\"")), 10, example);
        assert_names(&error_with_line(2, &format!("total = \"{bad}\"")), 2, example);
    }
    assert_names(&error_with_line(9, "polls = [\"0s\", \"never\"]"), 9, example);
    assert_names(&error_with_line(10, "end = 5"), 10, "expected a string");
}

#[test]
fn a_number_out_of_its_range_is_refused() {
    assert_names(&error_with_line(6, "call = -1"), 6, "expected u32");
    assert_names(&error_with_line(6, "call = 4294967296"), 6, "expected u32");
    assert_names(&error_with_line(12, "order = 1.5"), 12, "expected u32");
}

#[test]
fn time_does_not_go_back() {
    let back = "must not go back in time";
    assert_names(&error_with_line(8, "start = \"1s\""), 4, back);
    assert_names(&error_with_line(9, "polls = [\"5s\", \"0s\"]"), 4, back);
    assert_names(&error_with_line(20, "end = \"1s 999ms\""), 14, back);
    assert_names(&error_with_line(27, "start = \"9s\""), 24, back);
}

#[test]
fn calls_stand_in_the_order_of_their_start() {
    let text = GOOD.replace("start = \"0s\"\npolls = [\"0s\", \"5s\"]", "start = \"4s\"");
    assert_names(&error(&text), 13, "in the order of their `start`");
}

#[test]
fn a_call_that_ended_has_an_end() {
    let missing = "a call has an `end` unless its outcome is \"running\"";
    assert_names(&error_with_line(10, ""), 4, missing);
    assert_names(&error_with_line(29, ""), 24, missing);
    assert_names(&error_with_line(30, "outcome = \"running\""), 24, missing);
}

#[test]
fn what_must_be_there_is_named_when_it_is_missing() {
    assert_names(&error_with_line(1, ""), 1, "missing field `clock`");
    assert_names(&error_with_line(2, ""), 1, "missing field `total`");
    assert_names(&error_with_line(15, ""), 14, "missing field `name`");
    assert_names(&error_with_line(18, ""), 14, "missing field `start`");
    assert_names(&error_with_line(21, ""), 14, "missing field `outcome`");
}

#[test]
fn the_order_counts_from_one_without_a_gap() {
    let count = "must count 1, 2, 3, …";
    assert_names(&error_with_line(12, "order = 3"), 4, count);
    assert_names(&error_with_line(12, "order = 1"), 14, count);
    assert_names(&error_with_line(22, "order = 0"), 14, count);
    assert_names(&error_with_line(12, "order = 4294967295"), 4, count);
}

#[test]
fn the_order_is_that_of_the_ends() {
    let text = GOOD.replace("order = 2", "order = 0").replace("order = 1", "order = 2");
    let text = text.replace("order = 0", "order = 1");
    assert_names(&error(&text), 14, "must not `end` before one that has a lower `order`");
}

#[test]
fn only_what_completes_has_an_order() {
    let rule = "a call has an `order` if, and only if, it returned or failed";
    assert_names(&error_with_line(30, "outcome = \"dropped\"\norder = 3"), 24, rule);
    assert_names(&error_with_line(11, "outcome = \"panicked\""), 4, rule);
    assert_names(&error_with_line(12, ""), 4, rule);
}

#[test]
fn a_parent_stands_above_its_child() {
    for parent in ["0", "2", "3", "99"] {
        let error = error_with_line(17, &format!("parent = {parent}"));
        assert_names(&error, 14, "`parent` must name one of the calls above it, counted from 1");
    }
    assert_names(&error_with_line(17, "parent = -1"), 17, "expected usize");
}

#[test]
fn the_line_is_right_though_a_string_looks_like_a_call() {
    let text = GOOD.replacen("\"random_add\"", "\"\"\"\n[[call]]\n[[call]]\n\"\"\"", 1);
    let text = text.replace("outcome = \"dropped\"", "outcome = \"running\"");
    assert_names(&error(&text), 27, "unless its outcome is \"running\"");
}

#[test]
fn an_empty_file_is_refused() {
    assert_names(&error(""), 1, "missing field `clock`");
    assert_names(&error("\n\n# only a comment\n"), 1, "missing field `clock`");
}

#[test]
fn windows_line_endings_and_a_byte_order_mark_are_read() {
    let path = Path::new("timeline.toml");
    let expected = Run::parse(path, GOOD).expect("it is good");
    let windows = format!("\u{feff}{}", GOOD.replace('\n', "\r\n"));
    assert_eq!(Run::parse(path, &windows).expect("it is good, too"), expected);
}

#[test]
fn a_missing_file_says_how_to_make_it() {
    let package = package();
    let error = || Run::read(&recording(&package)).expect_err("there is none").to_string();
    let place =
        format!("{}: there is no such recording; make it with ", recording(&package).display());
    assert_eq!(error(), format!("{place}`TIMELINE=record cargo test -p join`"));
    // A package without a name, or none at all.
    for manifest in ["", "[package", "[workspace]\n"] {
        fs::write(package.path().join("Cargo.toml"), manifest).expect("a new file");
        assert_eq!(error(), format!("{place}`TIMELINE=record cargo test`"));
    }
    fs::remove_file(package.path().join("Cargo.toml")).expect("it is there");
    assert_eq!(error(), format!("{place}`TIMELINE=record cargo test`"));
}

#[test]
fn a_folder_in_place_of_the_file_is_an_error() {
    let package = package();
    fs::create_dir(recording(&package)).expect("a new folder");
    let run = Run::parse(Path::new("x"), GOOD).expect("it is good");
    let place = format!("{}: this file cannot be read or written: ", recording(&package).display());
    let error = Run::read(&recording(&package)).expect_err("it is no file").to_string();
    assert!(error.starts_with(&place), "{error}");
    let error = run.write(&recording(&package)).expect_err("it is no file").to_string();
    assert!(error.starts_with(&place), "{error}");
}

#[test]
fn what_is_not_utf8_is_refused() {
    let package = package();
    let mut bytes = GOOD.as_bytes().to_vec();
    let name = GOOD.find("random_add").expect("the first call has a name");
    bytes[name] = 0xff;
    fs::write(recording(&package), bytes).expect("a new file");
    let error = Run::read(&recording(&package)).expect_err("it is no text").to_string();
    let place = format!("{}:5: this is not UTF-8", recording(&package).display());
    assert!(error.starts_with(&place), "{error}");
    assert!(error.ends_with("`TIMELINE=record cargo test -p join`"), "{error}");
}

#[test]
fn what_is_written_is_read_back_the_same() {
    let mut random = fastrand::Rng::with_seed(0);
    for _ in 0..400 {
        let run = any_run(&mut random);
        let text = run.to_text();
        let read = Run::parse(Path::new("x"), &text)
            .unwrap_or_else(|error| panic!("{error}\n{run:#?}\n{text}"));
        assert_eq!((read.clock(), read.total()), (run.clock(), run.total()), "{text}");
        assert_eq!(read.calls(), without_values(&run), "{text}");
        assert_eq!(read.to_text(), text);
    }
}

#[test]
fn a_file_is_read_back_the_same() {
    let package = package();
    let run = any_run(&mut fastrand::Rng::with_seed(1));
    run.write(&recording(&package)).expect("the folder can be written to");
    let read = Run::read(&recording(&package)).expect("it was written");
    assert_eq!(read.calls(), without_values(&run));
}

#[test]
fn the_longest_time_is_read_back_the_same() {
    let run = Run::from_events(Clock::Virtual, &[], Duration::MAX);
    assert_eq!(Run::parse(Path::new("x"), &run.to_text()).expect("it was written"), run);
}

/// The calls as a recording keeps them: the values that they returned are not in it.
fn without_values(run: &Run) -> Vec<Call> {
    run.calls().iter().map(|call| Call { value: None, ..call.clone() }).collect()
}

/// A run in which up to a dozen calls start and end in any of the ways in which calls do.
fn any_run(random: &mut fastrand::Rng) -> Run {
    let mut program = Program::default();
    for _ in 0..random.usize(0..40) {
        program.at += any_pause(random);
        let span = random.choice(program.open.clone());
        match (random.u8(0..6), span) {
            (0, parent) if program.spans < 12 => program.start(parent, random),
            (1, Some(span)) => program.poll(span, None, false),
            (2, Some(span)) => {
                program.end(span, Some(EventKind::Returned { value: any_text(random) }))
            }
            (3, Some(span)) => {
                program.end(span, Some(EventKind::Failed { error: any_text(random) }))
            }
            (4, Some(span)) => program.end(span, None),
            (5, Some(span)) => {
                program.poll(span, None, true);
                program.end(span, None);
            }
            _ => {}
        }
    }
    let clock = if random.bool() { Clock::Virtual } else { Clock::Wall };
    Run::from_events(clock, &program.events, program.at)
}

/// A program that is only its signs.
#[derive(Default)]
struct Program {
    events: Vec<Event>,
    at: Duration,
    spans: u64,
    open: Vec<u64>,
}

impl Program {
    fn sign(&mut self, span: u64, kind: EventKind) {
        self.events.push(Event { at: self.at, thread: 7 + span % 3, span, kind });
    }

    fn start(&mut self, parent: Option<u64>, random: &mut fastrand::Rng) {
        let mut arguments: BTreeMap<String, String> =
            (0..random.usize(0..3)).map(|_| (any_text(random), any_text(random))).collect();
        if random.bool() {
            arguments.insert("call".to_owned(), random.u32(..).to_string());
        }
        let span = self.spans;
        self.spans += 1;
        self.open.push(span);
        self.sign(
            span,
            EventKind::Opened {
                parent,
                task: span.is_multiple_of(2).then_some(span),
                name: any_text(random),
                arguments,
            },
        );
        self.poll(span, None, false);
    }

    fn poll(&mut self, span: u64, during: Option<EventKind>, panicking: bool) {
        self.sign(span, EventKind::Entered { panicking: false });
        during.into_iter().for_each(|what| self.sign(span, what));
        self.sign(span, EventKind::Left { panicking });
    }

    /// Ends a call: by a last poll with this sign in it, or by being dropped.
    fn end(&mut self, span: u64, last: Option<EventKind>) {
        self.poll(span, last, false);
        self.sign(span, EventKind::Closed);
        self.open.retain(|&open| open != span);
    }
}

fn any_pause(random: &mut fastrand::Rng) -> Duration {
    const UNITS: [u64; 5] = [1, 1_000_000, 1_000_000_000, 3_600_000_000_000, 2_678_400_000_000_000];
    Duration::from_nanos(UNITS[random.usize(..5)] * [0, 0, 1, 3, 999][random.usize(..5)])
}

/// Text that is hard to quote.
fn any_text(random: &mut fastrand::Rng) -> String {
    #[rustfmt::skip]
    const PIECES: [&str; 26] = [
        "call", "a", " ", "", "\"", "'", "\"\"\"", "'''", "\n", "\r\n", "\r", "\t", "\\", "\\u0041",
        "]]>", "[[call]]", "#", "= {", "가나다", "שלום\u{202e}", "\0", "\u{1b}[31m", "\u{7f}", "\u{85}",
        "\u{feff}", "🦀",
    ];
    (0..random.usize(0..6)).map(|_| PIECES[random.usize(..PIECES.len())]).collect()
}
