//! An actor answers one request after the other, however many ask at once.
//!
//! ```
//! use actor::{act, ask};
//! use timeline::{record, seconds};
//! use tokio::{sync::mpsc, time::timeout};
//!
//! let (answers, run) = record(actor::three_requests());
//!
//! assert_eq!(run.total(), seconds(5 + 8 + 2)); // though they are joined
//! assert_eq!(run.completion_order(), [1, 2, 3]);
//! assert_eq!([1, 2, 3].map(|call| run.call(call).start), [0; 3].map(seconds));
//! assert_eq!([1, 2, 3].map(|call| run.call(call).end), [5, 13, 15].map(|end| Some(seconds(end))));
//! assert_eq!(answers, (1, 2, 3)); // no request was counted twice, and there is no lock
//! run.assert_recorded();
//!
//! // An asker that gives up does no harm to the next one.
//! let ((impatient, patient), _) = record(async {
//!     let (requests, inbox) = mpsc::channel(2);
//!     tokio::spawn(act(inbox));
//!     let impatient = timeout(seconds(1), ask(1, seconds(5), &requests));
//!     tokio::join!(impatient, ask(2, seconds(8), &requests))
//! });
//! assert!(impatient.is_err());
//! assert_eq!(patient, 2);
//! ```

use std::time::Duration;

use tokio::{
    sync::{mpsc, oneshot},
    time::sleep,
};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    println!("the answers: {:?}", three_requests().await);
}

/// What is sent to the actor: how long it takes, and where the answer is to go.
pub struct Request {
    delay: Duration,
    answer: oneshot::Sender<u32>,
}

/// Starts the actor and asks it three times.
pub async fn three_requests() -> (u32, u32, u32) {
    let (requests, inbox) = mpsc::channel(3);
    tokio::spawn(act(inbox));
    tokio::join!(
        ask(1, Duration::from_secs(5), &requests),
        ask(2, Duration::from_secs(8), &requests),
        ask(3, Duration::from_secs(2), &requests),
    )
}

/// The actor. It answers with the number of requests it has served; nobody else has that number.
pub async fn act(mut inbox: mpsc::Receiver<Request>) {
    let mut count = 0;
    while let Some(request) = inbox.recv().await {
        sleep(request.delay).await;
        count += 1;
        // Whoever has asked may have given up; the next one has not.
        _ = request.answer.send(count);
    }
}

/// Sends a request and waits for the answer.
#[instrument(ret, skip(requests))]
pub async fn ask(call: u32, delay: Duration, requests: &mpsc::Sender<Request>) -> u32 {
    let (answer, answered) = oneshot::channel();
    requests.send(Request { delay, answer }).await.unwrap();
    let count = answered.await.unwrap();
    println!("call {call} is request number {count}");
    count
}
