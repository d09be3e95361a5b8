//! Programs for the tests of `timeline::watch`. The argument says which one is to run.
//!
//! None of them needs time to pass for its calls to end in the order in which they do.

use std::{
    env,
    io::{self, Write},
    process::{self, ExitCode},
    thread,
    time::Duration,
};

use tokio::{
    task::yield_now,
    time::{sleep, timeout},
};
use tracing::instrument;

fn main() -> ExitCode {
    timeline::watch(program)
}

#[tokio::main(flavor = "current_thread")]
async fn program() -> ExitCode {
    match env::args().nth(1).as_deref() {
        Some("concurrent") => concurrent().await,
        Some("outcomes") => outcomes().await,
        Some("nested") => nested(1).await,
        Some("panic") => panics(1).await,
        Some("bytes") => bytes().await,
        Some("many") => many().await,
        Some("endless") => endless(1).await,
        Some("locked") => locked().await,
        Some("leaves-a-process") => leaves_a_process().await,
        Some("no-calls") => {}
        _ => return ExitCode::from(2),
    }
    ExitCode::from(7)
}

/// Prints that it starts, is polled once more for each of its turns, and prints that it returns.
#[instrument(ret)]
async fn take_turns(call: u32, turns: u32) -> u32 {
    println!("call {call} starts");
    for _ in 0..turns {
        yield_now().await;
    }
    println!("call {call} returns");
    turns
}

async fn concurrent() {
    tokio::join!(take_turns(1, 2), take_turns(2, 3), take_turns(3, 1));
    // Long enough for a picture or two to be drawn.
    sleep(Duration::from_millis(150)).await;
}

#[instrument(err)]
async fn fails(call: u32) -> Result<(), String> {
    yield_now().await;
    Err("no luck".to_owned())
}

#[instrument(ret)]
async fn panics(call: u32) {
    yield_now().await;
    panic!("on purpose");
}

#[instrument(ret)]
async fn endless(call: u32) {
    println!("{}", process::id());
    loop {
        sleep(Duration::from_secs(1)).await;
    }
}

async fn outcomes() {
    let _ = fails(1).await;
    let _ = tokio::spawn(panics(2)).await;
    let _ = timeout(Duration::ZERO, endless(3)).await;
    take_turns(4, 1).await;
}

#[instrument(ret)]
async fn nested(call: u32) {
    take_turns(2, 0).await;
}

async fn bytes() {
    print!("half ");
    take_turns(1, 0).await;
    let mut out = io::stdout();
    out.write_all(b"\xff\xfe not UTF-8, \x1e a separator\n").expect("the watcher reads");
    eprintln!("an error");
    print!("no newline");
}

async fn many() {
    let calls: Vec<_> = (1..=60).map(|call| tokio::spawn(take_turns(call, 1))).collect();
    for call in calls {
        call.await.expect("no call panics");
    }
    sleep(Duration::from_millis(150)).await;
}

/// Holds the lock of standard output while another thread makes a call.
async fn locked() {
    let mut out = io::stdout().lock();
    let turns = thread::spawn(|| quiet(1)).join().expect("it does not panic");
    writeln!(out, "{turns} turns").expect("the watcher reads");
}

#[instrument(ret)]
fn quiet(call: u32) -> u32 {
    call + 1
}

/// Starts a process that keeps the standard output open, and prints its id.
#[expect(clippy::zombie_processes, reason = "it is to outlive this program")]
async fn leaves_a_process() {
    let child = process::Command::new("sleep").arg("600").spawn().expect("there is a `sleep`");
    println!("{}", child.id());
}
