//! Let the actor stop working on an answer that nobody waits for any more.
//!
//! Three calls are asked of an actor, which makes one at a time. Call 2 is waited for until 6 s and
//! no longer. The actor works on it from 5 s to 13 s nevertheless, and call 3 is answered at 15 s.
//! Change `act` so that it stops a call as soon as its answer is not wanted any more, and takes the
//! next one. Then call 3 is answered at 8 s. Leave everything else as it is. The proof also asks with
//! other delays, and with more patience.
//!
//! # Hints
//!
//! 1. Whoever gives up drops one end of the oneshot channel. The other end can tell.
//! 2. `answer.closed()` is a future that is ready when nobody waits for the answer.
//! 3. Whichever is first, the sum or that: `select!` over both. (`answer` has to be `mut`.) Even then,
//!    the asker may go between the last look and the `send`: do not `unwrap` what `send` returns.
//!
//! # At first
//!
//! The proof fails with `the last answer is there at 15s, not at 8s`.
//!
//! # Proof
//!
//! ```
//! use nobody_waits::three_requests;
//! use timeline::{Outcome, Run, record, seconds};
//! use tokio::time::timeout;
//!
//! let ask = |delays: [u64; 3], patience, total| {
//!     let requests = three_requests(delays.map(seconds), seconds(patience));
//!     let (answers, run) = record(async { timeout(seconds(60), requests).await });
//!     let (one, two, three) = answers.expect("the answers never come");
//!     let (at, due) = (run.total(), seconds(total));
//!     assert!(at == due, "the last answer is there at {at:?}, not at {due:?}");
//!     let calls = run.calls_of("random_add").count();
//!     assert!(calls == 3, "{calls} calls are made, not 3");
//!     for (call, answer) in [(1, one), (3, three)] {
//!         let value: u32 = run.returned(call);
//!         assert!(value == answer, "{answer} is not what call {call} has returned");
//!     }
//!     (two.ok(), run)
//! };
//! let made = |run: &Run, times: [(u64, u64); 3]| {
//!     for (call, (start, end)) in (1..).zip(times) {
//!         let made = run.call(call);
//!         assert!(made.start == seconds(start), "call {call} starts at {:?}", made.start);
//!         assert!(made.end == Some(seconds(end)), "call {call} does not end at {end}s");
//!     }
//! };
//!
//! let (two, run) = ask([5, 8, 2], 6, 8);
//! made(&run, [(0, 5), (5, 6), (6, 8)]);
//! assert!(run.call(2).outcome == Outcome::Dropped, "call 2 is not stopped");
//! assert!(two.is_none(), "call 2 has an answer: {two:?}");
//!
//! let (two, other) = ask([1, 9, 3], 4, 7);
//! made(&other, [(0, 1), (1, 4), (4, 7)]);
//! assert!(two.is_none(), "call 2 has an answer: {two:?}");
//!
//! let (two, patient) = ask([1, 2, 3], 10, 6);
//! made(&patient, [(0, 1), (1, 3), (3, 6)]);
//! assert!(two == Some(patient.returned(2)), "call 2 has no answer, though it is waited for");
//! ```

use std::time::Duration;

use tokio::{
    sync::{mpsc, oneshot},
    time::{error::Elapsed, sleep, timeout},
};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    let patience = Duration::from_secs(6);
    let answers = three_requests([5, 8, 2].map(Duration::from_secs), patience).await;
    println!("the answers: {answers:?}");
}

/// What is sent to the actor: the call to make, and where the answer is to go.
pub struct Request {
    call: u32,
    delay: Duration,
    answer: oneshot::Sender<u32>,
}

/// Starts the actor and asks it three times, the second time with limited patience.
pub async fn three_requests(
    [first, second, third]: [Duration; 3],
    patience: Duration,
) -> (u32, Result<u32, Elapsed>, u32) {
    let (requests, inbox) = mpsc::channel(3);
    tokio::spawn(act(inbox));
    tokio::join!(
        biased;
        ask(1, first, &requests),
        timeout(patience, ask(2, second, &requests)),
        ask(3, third, &requests),
    )
}

/// The actor. It makes one call at a time.
pub async fn act(mut inbox: mpsc::Receiver<Request>) {
    while let Some(Request { call, delay, answer }) = inbox.recv().await {
        let sum = random_add(call, delay).await;
        if answer.send(sum).is_err() {
            println!("nobody waits for call {call}");
        }
    }
}

/// Sends a request and waits for the answer.
pub async fn ask(call: u32, delay: Duration, requests: &mpsc::Sender<Request>) -> u32 {
    let (answer, answered) = oneshot::channel();
    requests.send(Request { call, delay, answer }).await.unwrap();
    answered.await.unwrap()
}

/// Waits for `delay`, draws five random numbers, prints them and returns their sum.
#[instrument(ret)]
pub async fn random_add(call: u32, delay: Duration) -> u32 {
    println!("call {call} starts");
    sleep(delay).await;
    let numbers: [u32; 5] = std::array::from_fn(|_| rand::random_range(1..=100));
    let sum = numbers.iter().sum();
    println!("call {call} returns: {numbers:?} add up to {sum}");
    sum
}
