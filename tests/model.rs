//! The bench calculates and draws what the book elsewhere records. Its scripts are run here on the same
//! calls as tokio: the model has to say of each call what tokio did, and figure and table have to be
//! those that Rust makes of the recording.

use std::{
    env,
    fmt::Write as _,
    io::{self, Write as _},
    path::Path,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use futures::future::join_all;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde::{Deserialize, Serialize};
use timeline::{Clock, Outcome, Run};
use timeline_figure::Assets;
use tracing::instrument;

/// The cases are the same in each run; another seed draws others: `SEED=7 cargo test --test model`.
const SEED: u64 = 582;

/// How many cases are drawn for each way to await.
const CASES: usize = 150;

/// The scripts that calculate and draw, in the order in which the page has them.
const SCRIPTS: [&str; 3] =
    ["theme/scripts/format.js", "theme/scripts/model.js", "theme/scripts/figure.js"];

/// What only a recording knows: these columns the table of the bench does not have.
const RECORDED_COLUMNS: [&str; 2] = ["in task", "on thread"];

/// `join_all` polls only what was woken once it has more futures than 30. The bench has 20 calls at
/// most.
const MOST_CALLS: usize = 20;

/// The ways to make several calls: those of the bench, by the names that the model gives them.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
enum Mode {
    Blocking,
    Threads,
    Series,
    Spawned,
    Joined,
}

/// Calls with these delays, in milliseconds, made in this way.
#[derive(Clone, Debug, Serialize)]
struct Case {
    mode: Mode,
    delays: Vec<u64>,
}

/// A run as the page has it; times in milliseconds.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Timeline {
    clock: Clock,
    total: f64,
    calls: Vec<Call>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Call {
    label: String,
    call: Option<u32>,
    parent: Option<usize>,
    start: f64,
    polls: Vec<f64>,
    polled: usize,
    end: Option<f64>,
    outcome: Outcome,
    order: Option<u32>,
}

impl From<&Run> for Timeline {
    fn from(run: &Run) -> Timeline {
        // Whole milliseconds stay whole.
        let milliseconds = |at: Duration| at.as_nanos() as f64 / 1e6;
        let calls = run.calls().iter().map(|call| Call {
            label: call.label(),
            call: call.id,
            parent: call.parent,
            start: milliseconds(call.start),
            polls: call.polls.iter().map(|&poll| milliseconds(poll)).collect(),
            polled: call.polls.len(),
            end: call.end.map(milliseconds),
            outcome: call.outcome,
            order: call.completion_rank,
        });
        Timeline { clock: run.clock(), total: milliseconds(run.total()), calls: calls.collect() }
    }
}

/// What the scripts make of a case.
#[derive(Deserialize)]
struct Answer {
    run: Timeline,
    /// Drawing, key and table, as HTML.
    picture: String,
}

#[test]
fn the_model_does_what_tokio_does() {
    let seed = seed();
    let mut random = StdRng::seed_from_u64(seed);
    let modes = [Mode::Series, Mode::Spawned, Mode::Joined];
    check(seed, &cases(&modes, &mut random), |case, _| {
        let delays: Vec<Duration> =
            case.delays.iter().copied().map(Duration::from_millis).collect();
        match case.mode {
            Mode::Series => timeline::record(in_series(&delays)).1,
            Mode::Spawned => timeline::record(spawned(&delays)).1,
            _ => timeline::record(joined(&delays)).1,
        }
    });
}

#[test]
fn three_calls_in_a_join_macro_are_the_model_too() {
    let mut random = StdRng::seed_from_u64(SEED);
    let mut cases = Vec::new();
    while cases.len() < 20 {
        // `join!` begins with another call each time, so of two that end together, either may be
        // first; that is no case for the model.
        let [a, b, c] = [(); 3].map(|()| 500 * random.random_range(0..=40));
        if a != b && b != c && c != a {
            cases.push(Case { mode: Mode::Joined, delays: vec![a, b, c] });
        }
    }
    check(SEED, &cases, |case, _| {
        let delay = |i: usize| Duration::from_millis(case.delays[i]);
        let calls = async {
            tokio::join!(random_add(1, delay(0)), random_add(2, delay(1)), random_add(3, delay(2)))
        };
        timeline::record(calls).1
    });
}

#[test]
fn the_model_does_what_threads_do() {
    // Threads that end together may do so in any order, so no two of these do.
    let delays: [&[u64]; 4] = [&[], &[2], &[5, 8, 2], &[0, 4, 3, 1, 2]];
    let cases = |mode| {
        delays.map(|delays| Case { mode, delays: delays.iter().map(|s| 1_000 * s).collect() })
    };
    let cases = [cases(Mode::Blocking), cases(Mode::Threads)].concat();
    check(SEED, &cases, |case, expected| {
        let delays: Vec<u32> = case.delays.iter().map(|&ms| (ms / 1_000) as u32).collect();
        let program = |second| match case.mode {
            Mode::Blocking => blocking(second, &delays),
            _ => on_threads(second, &delays),
        };
        timeline::record_wall_until(program, |run| Timeline::from(run) == *expected).1
    });
}

#[test]
fn runs_on_the_wall_clock_are_drawn_as_recordings_are() {
    let seed = seed();
    let mut random = StdRng::seed_from_u64(seed);
    let cases = cases(&[Mode::Blocking, Mode::Threads], &mut random);
    // To run them takes their time; what is compared is how they are drawn.
    check(seed, &cases, |case, calculated| recording(&case.delays, calculated));
}

/// The seed of this run of the tests.
fn seed() -> u64 {
    env::var("SEED").ok().map_or(SEED, |seed| seed.parse().expect("a whole number"))
}

/// Cases for each of the modes.
fn cases(modes: &[Mode], random: &mut StdRng) -> Vec<Case> {
    let mut cases = Vec::new();
    for &mode in modes {
        // None at all, and the corners of tokio's timer wheel, which has 64 slots on each level.
        let corners = [0, 1, 63, 64, 65, 4_095, 4_096, 4_097, 262_143, 262_144, 262_145];
        cases.push(Case { mode, delays: Vec::new() });
        cases.push(Case { mode, delays: corners.to_vec() });
        cases.push(Case { mode, delays: corners.iter().rev().copied().collect() });
        cases.extend((0..CASES).map(|_| Case { mode, delays: delays(random) }));
    }
    cases
}

/// 1 to 20 delays: of the bench's steps or of any millisecond, short or long, often equal, often
/// zero.
fn delays(random: &mut StdRng) -> Vec<u64> {
    let step = *pick(random, &[500, 100, 1]);
    let most = *pick(random, &[1, 3, 40, 200, 20_000, 100_000_000]);
    let calls = random.random_range(1..=MOST_CALLS);
    let mut delays: Vec<u64> = Vec::new();
    for _ in 0..calls {
        delays.push(match random.random_range(0..10) {
            0 => 0,
            1 | 2 if !delays.is_empty() => *pick(random, &delays),
            _ => step * random.random_range(0..=most),
        });
    }
    delays
}

fn pick<'a, T>(random: &mut StdRng, items: &'a [T]) -> &'a T {
    &items[random.random_range(0..items.len())]
}

/// Compares what really runs with what the scripts say of each case.
fn check(seed: u64, cases: &[Case], run: impl Fn(&Case, &Timeline) -> Run) {
    let answers = match ask_the_scripts(cases) {
        Ok(answers) => answers,
        Err(NotRun(reason)) if env::var_os("CI").is_some() => panic!(
            "not run: {reason} (the model of the bench). Under CI that is a failure; install node \
             20 or later in the job"
        ),
        Err(NotRun(reason)) => {
            // Not `eprintln!`: the harness swallows it when the test passes.
            writeln!(io::stderr(), "not run: {reason} (the model of the bench)").expect("stderr");
            return;
        }
    };
    assert_eq!(answers.len(), cases.len(), "the scripts answer each case");
    println!("seed {seed}: {} cases", cases.len());
    let mut wrong = String::new();
    let mut differ = 0;
    for (case, answer) in cases.iter().zip(&answers) {
        let run = run(case, &answer.run);
        let real = Timeline::from(&run);
        let difference = if real == answer.run {
            difference(&drawn(&run), &answer.picture)
        } else {
            Some(format!("what ran:\n{real:#?}\n\nthe model:\n{:#?}\n", answer.run))
        };
        if let Some(difference) = difference {
            differ += 1;
            // One is enough to work with.
            if differ == 1 {
                write!(wrong, "{case:?}\n\n{difference}").expect("a String takes any text");
            }
        }
    }
    assert!(
        differ == 0,
        "seed {seed}: theme/scripts are wrong in {differ} of {} cases, first in this:\n\n{wrong}",
        cases.len()
    );
}

/// The run as a recording of calls with these delays.
fn recording(delays: &[u64], run: &Timeline) -> Run {
    let time = |milliseconds: f64| format!("{:?}", Duration::from_millis(milliseconds as u64));
    let mut text = format!("clock = \"{}\"\ntotal = \"{}\"\n", run.clock, time(run.total));
    for (call, &delay) in run.calls.iter().zip(delays) {
        let number = call.call.expect("calculated calls have numbers");
        let order = call.order.expect("calculated calls complete");
        let [start, end] = [call.start, call.end.expect("they end")].map(time);
        let delay = time(delay as f64);
        write!(
            text,
            "\n[[call]]\nname = \"random_add\"\ncall = {number}\narguments = {{ delay = \"{delay}\" }}\n\
             start = \"{start}\"\nend = \"{end}\"\noutcome = \"returned\"\norder = {order}\n"
        )
        .expect("a String takes any text");
    }
    Run::parse("model", Path::new("model.timeline.toml"), &text).expect("a recording")
}

/// Where two pictures differ first.
fn difference(recorded: &str, calculated: &str) -> Option<String> {
    let elements = |picture: &str| -> Vec<String> {
        picture.split_inclusive('>').map(str::to_owned).collect()
    };
    let (recorded, calculated) = (elements(recorded), elements(calculated));
    let length = recorded.len().max(calculated.len());
    let at = (0..length).find(|&at| recorded.get(at) != calculated.get(at))?;
    let around = |elements: &[String]| {
        let (from, to) = (at.saturating_sub(3).min(elements.len()), (at + 3).min(elements.len()));
        elements[from..to].join("\n")
    };
    Some(format!(
        "crates/timeline-figure draws:\n{}\n\ntheme/scripts/figure.js draws, where they first \
         differ:\n{}\n",
        around(&recorded),
        around(&calculated)
    ))
}

/// What the page of a recording has: drawing, key and table, as far as they can be calculated.
fn drawn(run: &Run) -> String {
    let assets = Assets { styles: &[], scripts: &[] };
    let page = timeline_figure::html_page(run, "model", "model", &assets);
    let mut picture = String::new();
    if page.contains("<svg") {
        picture += between(&page, "<svg", "<div class=\"player\">");
    }
    let table = between(&page, "<table>", "</div>");
    RECORDED_COLUMNS.iter().fold(picture + table, |picture, column| without(&picture, column))
}

/// The part of a page that begins so, and ends before that.
fn between<'a>(page: &'a str, begin: &str, end: &str) -> &'a str {
    let from = page.find(begin).unwrap_or_else(|| panic!("{begin} is missing in {page}"));
    let length = page[from..].find(end).unwrap_or_else(|| panic!("{end} is missing in {page}"));
    &page[from..from + length]
}

/// A picture whose table has no column of this heading.
fn without(picture: &str, heading: &str) -> String {
    let heading = format!("<th scope=\"col\">{heading}</th>");
    let Some((before, after)) = picture.split_once(&heading) else { return picture.to_owned() };
    // The cells of the column are those with as many others in front of them.
    let position = before.matches("<th scope=\"col\">").count();
    let (head, rows) = after.split_once("<tbody>").expect("a table has a body");
    let (rows, foot) = rows.split_once("<tfoot>").expect("a table has a foot");
    let mut without = format!("{before}{head}<tbody>");
    for row in rows.split_inclusive("</tr>") {
        let cells = row.split_inclusive("</td>").enumerate();
        // The first part is the cell at the head of the row, and the one after it.
        without.extend(cells.filter(|(cell, _)| cell + 1 != position).map(|(_, cell)| cell));
    }
    let columns = (before.matches("<th scope=\"col\">").count() + head.matches("<th").count()) - 1;
    without
        + "<tfoot>"
        + &foot.replace(&format!("colspan=\"{}\"", columns + 1), &format!("colspan=\"{columns}\""))
}

/// Why there is nothing to compare with.
struct NotRun(String);

/// What the scripts say of each case, in one process of Node.
fn ask_the_scripts(cases: &[Case]) -> Result<Vec<Answer>, NotRun> {
    // The page's own files, in a context of their own, as the page has them.
    const DRIVER: &str = "
        const { readFileSync } = require('node:fs');
        const { createContext, runInContext } = require('node:vm');
        const page = createContext({});
        for (const file of process.argv.slice(1)) runInContext(readFileSync(file, 'utf8'), page);
        const { model: { simulate }, figure: { figure, table } } = page.asyncByTheClock;
        const names = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\"': '&quot;' };
        const escape = (text) => String(text).replace(/[&<>\"]/g, (c) => names[c]);
        const html = (sketch) => {
            if (!Array.isArray(sketch)) return escape(sketch);
            const [name, attributes, ...children] = sketch;
            const list = Object.entries(attributes).map(([key, value]) => ` ${key}=\"${escape(value)}\"`);
            return `<${name}${list.join('')}>${children.map(html).join('')}</${name}>`;
        };
        const answer = ({ mode, delays }) => {
            const run = simulate(mode, delays);
            return { run, picture: [...figure(run), table(run)].map(html).join('') };
        };
        console.log(JSON.stringify(JSON.parse(readFileSync(0, 'utf8')).map(answer)));
    ";
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cases = serde_json::to_string(cases).expect("cases are plain data");
    let mut node = Command::new("node");
    // The reader's own settings are not part of the page.
    node.env_remove("NODE_OPTIONS").arg("-e").arg(DRIVER).arg("--");
    node.args(SCRIPTS.map(|script| root.join(script)));
    node.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = match node.spawn() {
        Ok(child) => child,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(NotRun("node is missing".to_owned()));
        }
        Err(error) => return Err(NotRun(format!("node cannot be started: {error}"))),
    };
    let mut stdin = child.stdin.take().expect("it is piped");
    // A Node that gave up early has said why.
    let writer = thread::spawn(move || drop(stdin.write_all(cases.as_bytes())));
    let output = child.wait_with_output().expect("it was started");
    writer.join().expect("writing does not panic");
    assert!(
        output.status.success(),
        "theme/scripts fail:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("theme/scripts do not answer with runs: {error}")))
}

async fn in_series(delays: &[Duration]) {
    for (call, &delay) in (1..).zip(delays) {
        random_add(call, delay).await;
    }
}

async fn spawned(delays: &[Duration]) {
    let tasks: Vec<_> =
        (1..).zip(delays).map(|(call, &delay)| tokio::spawn(random_add(call, delay))).collect();
    for task in tasks {
        task.await.expect("no call panics");
    }
}

async fn joined(delays: &[Duration]) {
    join_all((1..).zip(delays).map(|(call, &delay)| random_add(call, delay))).await;
}

fn blocking(second: Duration, delays: &[u32]) {
    for (call, &delay) in (1..).zip(delays) {
        blocking_random_add(call, delay * second);
    }
}

fn on_threads(second: Duration, delays: &[u32]) {
    thread::scope(|scope| {
        for (call, &delay) in (1..).zip(delays) {
            scope.spawn(move || blocking_random_add(call, delay * second));
        }
    });
}

/// The function of the listings.
#[instrument(ret)]
async fn random_add(call: u32, delay: Duration) -> u32 {
    tokio::time::sleep(delay).await;
    sum()
}

#[instrument(ret)]
fn blocking_random_add(call: u32, delay: Duration) -> u32 {
    thread::sleep(delay);
    sum()
}

fn sum() -> u32 {
    let numbers: [u32; 5] = std::array::from_fn(|_| rand::random_range(1..=100));
    numbers.iter().sum()
}
