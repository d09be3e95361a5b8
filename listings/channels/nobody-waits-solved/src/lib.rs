//! An actor that listens whether anybody waits for the answer does nothing in vain.
//!
//! ```standalone_crate
//! use nobody_waits_solved::three_requests;
//! use timeline::{Outcome, record, seconds};
//!
//! let ((one, two, three), run) = record(three_requests());
//! assert!(run.total() == seconds(8), "the last answer is there at {:?}, not at 8s", run.total());
//! let calls = run.calls().iter().filter(|call| call.id.is_some()).count();
//! assert!(calls == 3, "{calls} calls are made, not 3");
//! for (call, delay, start, end) in [(1, "5s", 0, 5), (2, "8s", 5, 6), (3, "2s", 6, 8)] {
//!     let made = run.call(call);
//!     assert!(made.arguments["delay"] == delay, "call {call} takes another time than {delay}");
//!     assert!(made.start == seconds(start), "call {call} starts at {:?}", made.start);
//!     assert!(made.end == Some(seconds(end)), "call {call} does not end at {end}s");
//! }
//! for (call, answer) in [(1, one), (3, three)] {
//!     let returned: u32 = run.returned(call);
//!     assert!(answer == returned, "{answer} is not what call {call} has returned");
//! }
//! assert!(run.call(2).outcome == Outcome::Dropped, "call 2 is not stopped");
//! assert!(two.is_err(), "call 2 has an answer: {two:?}");
//! run.assert_recorded();
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
    println!("the answers: {:?}", three_requests().await);
}

/// What is sent to the actor: the call to make, and where the answer is to go.
pub struct Request {
    call: u32,
    delay: Duration,
    answer: oneshot::Sender<u32>,
}

/// Starts the actor and asks it three times, the second time for six seconds at most.
pub async fn three_requests() -> (u32, Result<u32, Elapsed>, u32) {
    let (requests, inbox) = mpsc::channel(3);
    tokio::spawn(act(inbox));
    tokio::join!(
        ask(1, Duration::from_secs(5), &requests),
        timeout(Duration::from_secs(6), ask(2, Duration::from_secs(8), &requests)),
        ask(3, Duration::from_secs(2), &requests),
    )
}

/// The actor. It makes one call at a time, and first asks whether anybody waits for it.
pub async fn act(mut inbox: mpsc::Receiver<Request>) {
    while let Some(Request { call, delay, mut answer }) = inbox.recv().await {
        tokio::select! {
            biased;
            () = answer.closed() => println!("nobody waits for call {call}"),
            sum = random_add(call, delay) => answer.send(sum).unwrap(),
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
