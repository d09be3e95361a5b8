//! The programs in Python and JavaScript do what the Rust listings beside them do.
//!
//! Each counterpart is run on a virtual clock by its language's driver in `tests/rosetta`, and
//! what its calls did is compared with the recording of the listing. Where a language really
//! differs, its own recording stands beside the program: `python.timeline.toml`,
//! `javascript.timeline.toml`. Where the interpreter warns, its words do: `join.py.stderr`.
//!
//! `TIMELINE=record cargo test --test rosetta` makes anew those files that exist; so an empty one
//! is how to ask for one more.

use std::{
    collections::BTreeMap,
    env, fmt, fs,
    io::{self, Read, Write},
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use serde::Deserialize;
use timeline::{Clock, Event, EventKind, RecordingError, Run};

#[test]
fn counterparts_do_what_their_listings_do() {
    let (counterparts, mut problems) = counterparts();
    for language in &LANGUAGES {
        let programs: Vec<&Counterpart> =
            counterparts.iter().filter(|counterpart| counterpart.language == language).collect();
        let what = format!("listings in {}: {}", language.name, programs.len());
        if programs.is_empty() {
            problems.push(format!("listings: no listing has a *.{} any more", language.extension));
        } else if let Some(interpreter) = language.interpreter(&what, &mut problems) {
            problems.extend(on_two_threads(&programs, |program| program.check(&interpreter)));
        }
    }
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n\n"));
}

#[test]
fn rejected_programs_are_rejected_in_these_words() {
    let mut problems = Vec::new();
    for language in &LANGUAGES {
        let mut programs = Vec::new();
        for file in files(&root().join("tests/errors")) {
            problems.extend(language.message_without_program(&file));
            if language.is_of(&file) {
                programs.push(file);
            }
        }
        let what = format!("rejected programs in {}: {}", language.name, programs.len());
        if let Some(interpreter) = language.interpreter(&what, &mut problems) {
            problems
                .extend(on_two_threads(&programs, |file| check_rejected(file, &interpreter).err()));
        }
    }
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n\n"));
}

/// A program is stopped after this much real time. On the virtual clock it needs next to none.
const TIME_LIMIT: Duration = Duration::from_secs(20);

/// A language that the listings are compared with.
#[derive(Debug, PartialEq)]
struct Language {
    name: &'static str,
    /// Its name in the names of recordings.
    key: &'static str,
    /// How its files end.
    extension: &'static str,
    command: &'static str,
    /// Makes the interpreter print its version and, on the next line, where it is.
    probe: &'static [&'static str],
    /// Shuts out the reader's own settings, and lets every use of what is deprecated fail.
    strict: &'static [&'static str],
    /// The oldest version that runs the programs, and the one whose words stand beside the
    /// rejected programs.
    version: &'static [u32],
}

const LANGUAGES: [Language; 2] = [
    Language {
        name: "Python",
        key: "python",
        extension: "py",
        command: "python3",
        probe: &[
            "-I",
            "-c",
            "import sys; print('%d.%d.%d' % sys.version_info[:3], sys.executable, sep='\\n')",
        ],
        strict: &[
            "-I",
            "-B",
            "-W",
            "error::DeprecationWarning",
            "-W",
            "error::PendingDeprecationWarning",
        ],
        version: &[3, 11],
    },
    Language {
        name: "JavaScript",
        key: "javascript",
        extension: "mjs",
        command: "node",
        probe: &["-p", "process.versions.node + '\\n' + process.execPath"],
        strict: &["--throw-deprecation", "--pending-deprecation"],
        version: &[20],
    },
];

impl Language {
    /// The interpreter; where there is none that will do, says so. `what` is what is not run then.
    fn interpreter(&'static self, what: &str, problems: &mut Vec<String>) -> Option<Interpreter> {
        match self.find_interpreter() {
            Ok(interpreter) => Some(interpreter),
            Err(reason) if env::var_os("CI").is_some() => {
                problems.push(format!(
                    "not run: {reason} ({what}). Under CI that is a failure; install {} {} or \
                     later in the job",
                    self.command,
                    dotted(self.version)
                ));
                None
            }
            Err(reason) => {
                // Not `eprintln!`: the harness swallows it when the test passes.
                writeln!(io::stderr(), "not run: {reason} ({what})").expect("stderr takes it");
                None
            }
        }
    }

    fn find_interpreter(&'static self) -> Result<Interpreter, String> {
        let command = self.command;
        let output = match run(Command::new(command).args(self.probe)) {
            Ok(output) => output,
            Err(Failure::NotFound) => return Err(format!("{command} is missing")),
            Err(failure) => return Err(format!("{command} {failure}")),
        };
        let mut lines = output.stdout.lines();
        let version: Option<Vec<u32>> =
            lines.next().and_then(|line| line.split('.').map(|part| part.parse().ok()).collect());
        let (Some(version), Some(path), true) = (version, lines.next(), output.status.success())
        else {
            return Err(format!("{command} does not say its version: {}", output.stderr.trim()));
        };
        if version.as_slice() < self.version {
            return Err(format!(
                "{command} is {}; the programs need {} or later",
                dotted(&version),
                dotted(self.version)
            ));
        }
        Ok(Interpreter { language: self, path: path.into(), version })
    }

    fn is_of(&self, file: &Path) -> bool {
        file.extension().is_some_and(|extension| extension == self.extension)
    }

    /// What is wrong with a file, if it is a message of this language to a program that is gone.
    fn message_without_program(&self, file: &Path) -> Option<String> {
        let program = file.with_extension("");
        let is_message = file.extension().is_some_and(|extension| extension == "stderr");
        (is_message && self.is_of(&program) && !program.is_file()).then(|| {
            format!("{}: there is no program {}; delete it", shown(file), file_name(&program))
        })
    }
}

struct Interpreter {
    language: &'static Language,
    /// Found once, because `python3` may be a script that looks for it each time.
    path: PathBuf,
    version: Vec<u32>,
}

/// A listing's program in another language.
struct Counterpart {
    language: &'static Language,
    program: PathBuf,
}

/// The counterparts of all listings, and what is wrong with the files around them.
fn counterparts() -> (Vec<Counterpart>, Vec<String>) {
    let mut counterparts = Vec::new();
    let mut problems = Vec::new();
    for chapter in folders(&listings()) {
        for folder in folders(&chapter) {
            let listing = file_name(&folder);
            for language in &LANGUAGES {
                let program =
                    folder.join(format!("{}.{}", listing.replace('-', "_"), language.extension));
                for file in files(&folder) {
                    if language.is_of(&file) && file != program {
                        problems.push(format!(
                            "{}: a counterpart has the name of its listing's crate; rename it {}",
                            shown(&file),
                            file_name(&program)
                        ));
                    }
                    problems.extend(language.message_without_program(&file));
                }
                let counterpart = Counterpart { language, program };
                if counterpart.program.is_file() {
                    counterparts.push(counterpart);
                } else if counterpart.own_recording().is_file() {
                    problems.push(format!(
                        "{}: there is no program {}; delete it",
                        shown(&counterpart.own_recording()),
                        file_name(&counterpart.program)
                    ));
                }
            }
        }
    }
    (counterparts, problems)
}

impl Counterpart {
    /// Where the recording is if the language differs from Rust.
    fn own_recording(&self) -> PathBuf {
        self.program.with_file_name(format!("{}.timeline.toml", self.language.key))
    }

    /// All that is wrong with the program, if anything.
    fn check(&self, interpreter: &Interpreter) -> Option<String> {
        match self.run(interpreter) {
            Ok((output, report)) => {
                let problems = [self.check_warnings(&output).err(), self.check_run(&report).err()];
                let problems: Vec<String> = problems.into_iter().flatten().collect();
                (!problems.is_empty()).then(|| problems.join("\n\n"))
            }
            Err(problem) => Some(problem),
        }
    }

    fn run(&self, interpreter: &Interpreter) -> Result<(Output, Report), String> {
        let driver =
            root().join("tests/rosetta/virtual_clock").with_extension(self.language.extension);
        let program = shown(&self.program);
        let mut command = Command::new(&interpreter.path);
        command.args(self.language.strict).arg(driver).arg(&self.program);
        let output = run(&mut command).map_err(|failure| format!("{program}: it {failure}"))?;
        if !output.status.success() {
            return Err(format!(
                "{program}: it fails, with {}; mend it\n\n{}",
                output.status,
                indented(&output.stderr)
            ));
        }
        let report = serde_json::from_str(&output.stdout).map_err(|error| {
            format!(
                "{program}: the driver's report cannot be read ({error}); mend tests/rosetta\n\n{}",
                indented(&output.stdout)
            )
        })?;
        Ok((output, report))
    }

    fn check_warnings(&self, output: &Output) -> Result<(), String> {
        let said = without_circumstances(&output.stderr, &self.program);
        let file = message_file(&self.program);
        if file.is_file() {
            compare_words(&file, &said)
        } else if said.is_empty() {
            Ok(())
        } else {
            Err(format!(
                "{}: the interpreter warns; mend the program or, if the warning is what the \
                 listing is about, make an empty {} and run {RECORD}\n\n{}",
                shown(&self.program),
                file_name(&file),
                indented(&said)
            ))
        }
    }

    fn check_run(&self, report: &Report) -> Result<(), String> {
        let program = shown(&self.program);
        let rust = Run::read(&self.program.with_file_name("timeline.toml"))
            .map_err(|error| error.to_string())?;
        let own = self.own_recording();
        let differs = own.is_file();
        let run = report.to_run().map_err(|problem| format!("{program}: {problem}"))?;
        let text = self.recording_of(&run);
        if differs && recording_anew() {
            write(&own, &text)?;
        }
        let recorded = match differs {
            true => Run::read(&own).map_err(|error| match error {
                RecordingError::Malformed { path, line, message, .. } => {
                    format!("{}:{line}: {message}; make it anew with {RECORD}", shown(&path))
                }
                other => other.to_string(),
            })?,
            false => rust.clone(),
        };
        if rows(&run) != rows(&recorded) {
            let difference = difference(&recorded, &run);
            let remedy = match differs {
                true => format!("If this run is the right one: {RECORD}"),
                false => format!(
                    "If {} really differs from Rust here: make an empty {} and run {RECORD}",
                    self.language.name,
                    shown(&own)
                ),
            };
            return Err(format!(
                "{program} does not do what is recorded\n\n{difference}\n{remedy}"
            ));
        }
        if differs && rows(&recorded) == rows(&rust) {
            return Err(format!(
                "{}: {} does the same as Rust here; delete it",
                shown(&own),
                self.language.name
            ));
        }
        if differs && read(&own)? != text {
            return Err(format!(
                "{}: it was changed by hand; make it anew with {RECORD}",
                shown(&own)
            ));
        }
        // Node ends when no timer is left, so the time at which it ends does not tell whether the
        // last `await` is there.
        let returned = Duration::from_nanos(report.returned_ns);
        if returned != run.total() && returned != rust.total() {
            return Err(format!(
                "{program}: its main module returns after {returned:?}, but the program ends after \
                 {:?}; an `await` is missing",
                run.total()
            ));
        }
        Ok(())
    }

    fn recording_of(&self, run: &Run) -> String {
        let text = run.to_text();
        // The first line names the command that makes a listing's own recording.
        let body = text.split_once('\n').map_or("", |(_, body)| body);
        let name = self.language.name;
        format!("# What a run in {name} did. Made by {RECORD}.\n{body}")
    }
}

const RECORD: &str = "`TIMELINE=record cargo test --test rosetta`";

/// Whether recordings are to be written, not only compared.
fn recording_anew() -> bool {
    match env::var("TIMELINE") {
        Ok(mode) if mode == "record" => true,
        Ok(mode) => panic!("TIMELINE={mode}: the only value it can have is `record`"),
        Err(_) => false,
    }
}

/// What a driver reports of a run, stamped in nanoseconds of the virtual clock.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Report {
    events: Vec<Reported>,
    /// When the main module returned.
    returned_ns: u64,
    /// When the program had nothing left to do.
    ended_ns: u64,
}

#[derive(Deserialize)]
struct Reported {
    at_ns: u64,
    #[serde(flatten)]
    what: Did,
}

#[derive(Deserialize)]
enum Did {
    /// It printed a line.
    #[serde(rename = "line")]
    Printed(String),
    /// It asked for a sleep of so many nanoseconds.
    #[serde(rename = "sleep_ns")]
    Slept(u64),
    /// A sleep was cancelled: the one that was asked for in the event at this position.
    #[serde(rename = "cancelled")]
    Cancelled(usize),
}

impl Report {
    /// The run as the lines that were printed tell it.
    fn to_run(&self) -> Result<Run, String> {
        let mut events = Vec::new();
        // The sum of each call, once it has returned.
        let mut sums: BTreeMap<u32, Option<u32>> = BTreeMap::new();
        // The calls that have ended without a sum, and when.
        let mut ended: BTreeMap<u32, u64> = BTreeMap::new();
        // The call that each sleep is the delay of.
        let mut delayed: BTreeMap<usize, u32> = BTreeMap::new();
        // The calls that a failure of another one has left under way.
        let mut left: Vec<u32> = Vec::new();
        let mut cleanups = 0;
        for (position, reported) in self.events.iter().enumerate() {
            let line = match &reported.what {
                Did::Printed(line) => line,
                Did::Slept(_) => continue,
                Did::Cancelled(sleep) => {
                    if let Some(&call) = delayed.get(sleep) {
                        ended.insert(call, reported.at_ns);
                        events.push(Event {
                            at: Duration::from_nanos(reported.at_ns),
                            thread: 1,
                            span: call.into(),
                            kind: EventKind::Closed,
                        });
                    }
                    continue;
                }
            };
            let mut note = |span: u64, what| {
                let at = Duration::from_nanos(reported.at_ns);
                events.push(Event { at, thread: 1, span, kind: what });
            };
            match Line::parse(line) {
                Some(Line::Starts { call }) => {
                    if sums.insert(call, None).is_some() {
                        return Err(format!("call {call} starts twice"));
                    }
                    let mut arguments = BTreeMap::from([("call".to_owned(), call.to_string())]);
                    // The sleep that a call asks for first is its delay.
                    if let Some(Reported { what: Did::Slept(delay), .. }) =
                        self.events.get(position + 1)
                    {
                        let delay = format!("{:?}", Duration::from_nanos(*delay));
                        arguments.insert("delay".to_owned(), delay);
                        delayed.insert(position + 1, call);
                    }
                    let name = "random_add".to_owned();
                    note(
                        call.into(),
                        EventKind::Opened {
                            parent: None,
                            task: None,
                            name,
                            arguments,
                            reports_return: true,
                        },
                    );
                }
                Some(Line::Returns { call, sum }) => match sums.get_mut(&call) {
                    Some(returned @ None) => {
                        *returned = Some(sum);
                        note(call.into(), EventKind::Returned { value: sum.to_string() });
                    }
                    Some(_) => return Err(format!("call {call} returns twice")),
                    None => return Err(format!("call {call} returns and has not started")),
                },
                Some(Line::Fails { call }) => {
                    if sums.get(&call) != Some(&None) || ended.contains_key(&call) {
                        return Err(format!("call {call} fails and is not under way"));
                    }
                    ended.insert(call, reported.at_ns);
                    note(call.into(), EventKind::Failed { error: line.clone() });
                }
                Some(Line::Caught { call }) => {
                    if ended.get(&call) != Some(&reported.at_ns) {
                        return Err(format!("`{line}`: but call {call} has not failed just now"));
                    }
                    let is_left = |&(call, sum): &(&u32, &Option<u32>)| {
                        sum.is_none() && !ended.contains_key(call)
                    };
                    left.extend(sums.iter().filter(is_left).map(|(call, _)| call));
                }
                Some(Line::Sums(list)) => {
                    if !list.iter().map(|&sum| Some(sum)).eq(sums.values().copied()) {
                        return Err(format!(
                            "`{line}`: these are not the sums that the calls returned, in the \
                             order of the calls"
                        ));
                    }
                }
                Some(Line::CleanedUp) => {
                    // A call that is over in the instant in which it is made.
                    cleanups += 1;
                    let span = u64::MAX - cleanups;
                    let (name, arguments) = ("clean_up".to_owned(), BTreeMap::new());
                    note(
                        span,
                        EventKind::Opened {
                            parent: None,
                            task: None,
                            name,
                            arguments,
                            reports_return: true,
                        },
                    );
                    note(span, EventKind::Returned { value: String::new() });
                }
                Some(Line::NoSum) => {
                    // The program has waited long enough for one of them.
                    if sums.values().all(Option::is_some) {
                        return Err(format!("`{line}`: every call has returned by then"));
                    }
                }
                None => {
                    return Err(format!(
                        "it prints `{line}`; what can be compared is `call 1 starts`, `call 1 \
                         returns: [12, 34, 56, 78, 90] add up to 270` with five numbers from 1 \
                         to 100 and their sum, `call 1 fails: no numbers`, `the program hears of \
                         it at once: call 1 found no numbers`, `the sums, in the order of the \
                         calls: [270]`, `no sum: deadline has elapsed`, and `cleaned up`"
                    ));
                }
            }
        }
        // What went on after a failure must be seen to go on, and not end with the program.
        if let Some(call) = left.iter().find(|&call| sums[call].is_none()) {
            return Err(format!(
                "call {call} was not cancelled by the failure, and has not returned; let the \
                 program wait for it"
            ));
        }
        // Whatever has not returned by the end of the program is dropped with it.
        let end = Duration::from_nanos(self.ended_ns);
        events.extend(sums.keys().map(|&call| Event {
            at: end,
            thread: 1,
            span: call.into(),
            kind: EventKind::Closed,
        }));
        Ok(Run::from_events(Clock::Virtual, &events, end))
    }
}

/// A line that a program may print.
enum Line {
    Starts { call: u32 },
    Returns { call: u32, sum: u32 },
    Fails { call: u32 },
    Caught { call: u32 },
    Sums(Vec<u32>),
    NoSum,
    CleanedUp,
}

impl Line {
    fn parse(line: &str) -> Option<Line> {
        let numbers = |list: &str| -> Option<Vec<u32>> {
            list.split(", ").map(|number| number.parse().ok()).collect()
        };
        if let Some(list) = line.strip_prefix("the sums, in the order of the calls: [") {
            return Some(Line::Sums(numbers(list.strip_suffix(']')?)?));
        }
        match line {
            "no sum: deadline has elapsed" => return Some(Line::NoSum),
            "cleaned up" => return Some(Line::CleanedUp),
            _ => {}
        }
        if let Some(error) = line.strip_prefix("the program hears of it at once: call ") {
            let call = error.strip_suffix(" found no numbers")?.parse().ok()?;
            return Some(Line::Caught { call });
        }
        let (call, did) = line.strip_prefix("call ")?.split_once(' ')?;
        let call = call.parse().ok()?;
        if did == "fails: no numbers" {
            return Some(Line::Fails { call });
        }
        if did == "starts" {
            return Some(Line::Starts { call });
        }
        let (list, sum) = did.strip_prefix("returns: [")?.split_once("] add up to ")?;
        let (drawn, sum) = (numbers(list)?, sum.parse().ok()?);
        let is_right = drawn.len() == 5
            && drawn.iter().all(|number| (1..=100).contains(number))
            && drawn.iter().sum::<u32>() == sum;
        is_right.then_some(Line::Returns { call, sum })
    }
}

const HEADINGS: [&str; 6] = ["call", "arguments", "start", "end", "outcome", "order"];

type Row = [String; HEADINGS.len()];

/// What is compared: all but the polls and the threads, of which only Rust tells.
fn rows(run: &Run) -> Vec<Row> {
    let time = |at: Duration| if at.is_zero() { "0s".to_owned() } else { format!("{at:?}") };
    let calls = run.calls().iter().map(|call| {
        let arguments: Vec<String> =
            call.arguments.iter().map(|(name, value)| format!("{name} {value}")).collect();
        [
            call.label(),
            arguments.join(", "),
            time(call.start),
            call.end.map(time).unwrap_or_default(),
            call.outcome.to_string(),
            call.completion_rank.map(|order| order.to_string()).unwrap_or_default(),
        ]
    });
    let mut total = Row::default();
    total[0] = "total".to_owned();
    total[3] = time(run.total());
    calls.chain([total]).collect()
}

/// Both runs as tables, the cells that differ marked `»so«`.
fn difference(recorded: &Run, run: &Run) -> String {
    let (old, new) = (rows(recorded), rows(run));
    format!("recorded:\n{}\nthis run:\n{}", table(&old, &new), table(&new, &old))
}

fn table(rows: &[Row], other: &[Row]) -> String {
    let mut lines = vec![HEADINGS.map(str::to_owned)];
    let (total, calls) = rows.split_last().expect("the total is a row");
    let (other_total, other_calls) = other.split_last().expect("the total is a row");
    let twins = calls.iter().enumerate().map(|(position, row)| (row, other_calls.get(position)));
    for (row, twin) in twins.chain([(total, Some(other_total))]) {
        lines.push(std::array::from_fn(|column| match (&row[column], twin) {
            (cell, Some(twin)) if twin[column] == *cell => cell.clone(),
            (cell, None) if cell.is_empty() => String::new(),
            (cell, _) if cell.is_empty() => "»nothing«".to_owned(),
            (cell, _) => format!("»{cell}«"),
        }));
    }
    let widths: [usize; HEADINGS.len()] = std::array::from_fn(|column| {
        lines.iter().map(|line| line[column].chars().count()).max().unwrap_or_default()
    });
    lines
        .iter()
        .map(|line| {
            let cells: Vec<String> =
                line.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
            format!("  {}\n", cells.join("  ").trim_end())
        })
        .collect()
}

/// Runs a program that the interpreter must reject, and compares what it says.
fn check_rejected(program: &Path, interpreter: &Interpreter) -> Result<(), String> {
    let Interpreter { language, version, .. } = interpreter;
    let mut command = Command::new(&interpreter.path);
    command.args(language.strict).arg(program);
    let output =
        run(&mut command).map_err(|failure| format!("{}: it {failure}", shown(program)))?;
    if output.status.success() {
        return Err(format!("{}: {} accepts it", shown(program), language.command));
    }
    let said = without_circumstances(&output.stderr, program);
    let file = message_file(program);
    if !file.is_file() {
        return Err(format!(
            "{}: it is missing; make it, empty, and run {RECORD} with {} {}",
            shown(&file),
            language.command,
            dotted(language.version)
        ));
    }
    // From version to version the words around the error change, the error hardly does.
    if version.starts_with(language.version) {
        return compare_words(&file, &said);
    }
    let error = |text: &str| text.lines().find(|line| line.contains("Error: ")).map(str::to_owned);
    let recorded = read(&file)?;
    match error(&said) == error(&recorded) {
        true => Ok(()),
        false => Err(format!(
            "{}: it has the words of {command} {}, but to {command} {} the error is another\n\n{}",
            shown(&file),
            dotted(language.version),
            dotted(version),
            indented(&said),
            command = language.command
        )),
    }
}

/// Compares what an interpreter said with the file that keeps its words, or writes the file.
fn compare_words(file: &Path, said: &str) -> Result<(), String> {
    if said.is_empty() {
        return Err(format!("{}: the interpreter says nothing; delete it", shown(file)));
    }
    if recording_anew() {
        return write(file, said);
    }
    let recorded = read(file)?;
    match recorded == said {
        true => Ok(()),
        false => Err(format!(
            "{}: the interpreter says something else\n\nrecorded:\n{}\nthis run:\n{}\n\
             If these are the right words: {RECORD}",
            shown(file),
            indented(&recorded),
            indented(said)
        )),
    }
}

/// The file that keeps what the interpreter says to a program.
fn message_file(program: &Path) -> PathBuf {
    program.with_file_name(format!("{}.stderr", file_name(program)))
}

/// What an interpreter said, without what differs from machine to machine: the folder of the
/// program becomes `$DIR`; Node's own stack and version are cut.
fn without_circumstances(said: &str, program: &Path) -> String {
    let name = format!("/{}", file_name(program));
    let lines = said
        .lines()
        .filter(|line| !line.starts_with("    at ") && !line.starts_with("Node.js v"))
        .map(|line| match line.find(&name) {
            // The folder is a path in quotation marks, or a path or URL that begins the line.
            Some(end) => {
                let start = line[..end].rfind('"').map_or(0, |quotation_mark| quotation_mark + 1);
                format!("{}$DIR{}", &line[..start], &line[end..])
            }
            None => line.to_owned(),
        });
    let text = lines.collect::<Vec<String>>().join("\n");
    match text.trim_end() {
        "" => String::new(),
        text => format!("{text}\n"),
    }
}

struct Output {
    status: ExitStatus,
    stdout: String,
    stderr: String,
}

/// Why a program did not run to its end.
enum Failure {
    NotFound,
    NotStarted(io::Error),
    TooLong,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::NotFound => write!(f, "cannot be started: there is no such interpreter"),
            Failure::NotStarted(error) => write!(f, "cannot be started: {error}"),
            Failure::TooLong => write!(
                f,
                "was stopped after {TIME_LIMIT:?}; look for what never ends, or waits for \
                 something else than the virtual clock"
            ),
        }
    }
}

/// Runs a program to its end, within the time limit.
fn run(command: &mut Command) -> Result<Output, Failure> {
    // The reader's own settings would change what the interpreters say.
    command.env_remove("NODE_OPTIONS").env_remove("NODE_NO_WARNINGS").env_remove("FORCE_COLOR");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Failure::NotFound,
        _ => Failure::NotStarted(error),
    })?;
    let stdout = read_to_end(child.stdout.take().expect("it is piped"));
    let stderr = read_to_end(child.stderr.take().expect("it is piped"));
    let started = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("the program was started") {
            break status;
        }
        if started.elapsed() > TIME_LIMIT {
            child.kill().expect("the program was started");
            child.wait().expect("the program was started");
            return Err(Failure::TooLong);
        }
        thread::sleep(Duration::from_millis(2));
    };
    let text = |reader: JoinHandle<String>| reader.join().expect("reading does not panic");
    Ok(Output { status, stdout: text(stdout), stderr: text(stderr) })
}

/// Reads in the background, so that a program is not held up by a full pipe.
fn read_to_end(mut pipe: impl Read + Send + 'static) -> JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // A pipe that breaks ends what was said.
        let _ = pipe.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// What `check` finds wrong, in the order of the items.
fn on_two_threads<T: Sync>(
    items: &[T],
    check: impl Fn(&T) -> Option<String> + Sync,
) -> Vec<String> {
    let next = AtomicUsize::new(0);
    let found = Mutex::new(BTreeMap::new());
    let work = || {
        loop {
            let position = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(position) else { break };
            if let Some(problem) = check(item) {
                found.lock().expect("no check panics").insert(position, problem);
            }
        }
    };
    thread::scope(|scope| {
        scope.spawn(work);
        work();
    });
    found.into_inner().expect("no check panics").into_values().collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn listings() -> PathBuf {
    root().join("listings")
}

/// A path as messages show it.
fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn folders(path: &Path) -> Vec<PathBuf> {
    entries(path).into_iter().filter(|entry| entry.is_dir()).collect()
}

fn files(path: &Path) -> Vec<PathBuf> {
    entries(path).into_iter().filter(|entry| entry.is_file()).collect()
}

/// What is in a folder, in the order of the names.
fn entries(path: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(path)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>());
    let mut entries = entries.unwrap_or_else(|error| panic!("{}: {error}", shown(path)));
    entries.sort();
    entries
}

fn read(file: &Path) -> Result<String, String> {
    fs::read_to_string(file).map_err(|error| format!("{}: {error}", shown(file)))
}

fn write(file: &Path, text: &str) -> Result<(), String> {
    fs::write(file, text).map_err(|error| format!("{}: {error}", shown(file)))
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}\n")).collect()
}

fn dotted(version: &[u32]) -> String {
    version.iter().map(u32::to_string).collect::<Vec<_>>().join(".")
}
