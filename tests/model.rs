//! The bench calculates what the book elsewhere records. Its model, `theme/clock.js`, is run here
//! on the same calls as tokio, and has to say of each of them what tokio did.

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
use tracing::instrument;

/// The cases are the same in each run; another seed draws others: `SEED=7 cargo test --test model`.
const SEED: u64 = 582;

/// How many cases are drawn for each way to await.
const CASES: usize = 150;

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
            end: call.end.map(milliseconds),
            outcome: call.outcome,
            order: call.completion_rank,
        });
        Timeline { clock: run.clock(), total: milliseconds(run.total()), calls: calls.collect() }
    }
}

#[test]
fn the_model_does_what_tokio_does() {
    let seed = env::var("SEED").ok().map_or(SEED, |seed| seed.parse().expect("a whole number"));
    let mut random = StdRng::seed_from_u64(seed);
    let mut cases = Vec::new();
    for mode in [Mode::Series, Mode::Spawned, Mode::Joined] {
        // None at all, and the corners of tokio's timer wheel, which has 64 slots on each level.
        let corners = [0, 1, 63, 64, 65, 4_095, 4_096, 4_097, 262_143, 262_144, 262_145];
        cases.push(Case { mode, delays: Vec::new() });
        cases.push(Case { mode, delays: corners.to_vec() });
        cases.push(Case { mode, delays: corners.iter().rev().copied().collect() });
        cases.extend((0..CASES).map(|_| Case { mode, delays: delays(&mut random) }));
    }
    check(seed, &cases, |case, _| {
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

/// Compares what really runs with what the model says of each case.
fn check(seed: u64, cases: &[Case], run: impl Fn(&Case, &Timeline) -> Run) {
    let calculated = match ask_the_model(cases) {
        Ok(calculated) => calculated,
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
    assert_eq!(calculated.len(), cases.len(), "the model answers each case");
    println!("seed {seed}: {} cases", cases.len());
    let mut wrong = String::new();
    let mut differ = 0;
    for (case, calculated) in cases.iter().zip(&calculated) {
        let real = Timeline::from(&run(case, calculated));
        if real == *calculated {
            continue;
        }
        differ += 1;
        // One is enough to work with.
        if differ == 1 {
            write!(wrong, "{case:?}\n\nwhat ran:\n{real:#?}\n\nthe model:\n{calculated:#?}\n")
                .expect("a String takes any text");
        }
    }
    assert!(
        differ == 0,
        "seed {seed}: theme/clock.js is wrong in {differ} of {} cases, first in this:\n\n{wrong}",
        cases.len()
    );
}

/// Why there is nothing to compare with.
struct NotRun(String);

/// What theme/clock.js says of each case, in one process of Node.
fn ask_the_model(cases: &[Case]) -> Result<Vec<Timeline>, NotRun> {
    // The page's own file, in a context of its own, as the page has it.
    const DRIVER: &str = "
        const { readFileSync } = require('node:fs');
        const page = require('node:vm').createContext({});
        require('node:vm').runInContext(readFileSync(process.argv[1], 'utf8'), page);
        const { simulate } = page.asyncByTheClock.model;
        const cases = JSON.parse(readFileSync(0, 'utf8'));
        console.log(JSON.stringify(cases.map(({ mode, delays }) => simulate(mode, delays))));
    ";
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("theme/clock.js");
    let cases = serde_json::to_string(cases).expect("cases are plain data");
    let mut node = Command::new("node");
    // The reader's own settings are not part of the page.
    node.env_remove("NODE_OPTIONS").arg("-e").arg(DRIVER).arg("--").arg(model);
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
        "theme/clock.js fails:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("theme/clock.js does not give runs: {error}")))
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
