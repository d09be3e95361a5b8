//! A sender hears that its receiver is gone at its next send, or at once if it listens.
//!
//! ```
//! use receiver_gone::{take_two, until_closed, until_refused};
//! use timeline::{Outcome, record, seconds};
//!
//! let (refused, run) = record(take_two(until_refused));
//! assert_eq!(refused, Some(3)); // it comes back with the error
//! let third = run.calls_of("make").nth(2).unwrap();
//! assert_eq!((third.start, third.outcome), (seconds(4), Outcome::Returned)); // in vain
//! assert_eq!(run.total(), seconds(6));
//! run.assert_recorded_as("refused");
//!
//! let (refused, run) = record(take_two(until_closed));
//! assert_eq!(refused, None);
//! let third = run.calls_of("make").nth(2).unwrap();
//! assert_eq!((third.end, third.outcome), (Some(seconds(4)), Outcome::Dropped));
//! assert_eq!(run.total(), seconds(4));
//! run.assert_recorded_as("closed");
//! ```

use std::time::Duration;

use tokio::{
    sync::mpsc::{self, error::SendError},
    time::sleep,
};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    println!("refused: {:?}", take_two(until_refused).await);
    println!("refused: {:?}", take_two(until_closed).await);
}

/// Takes two messages and drops the receiver; returns what the producer could not get rid of.
pub async fn take_two(produce: impl AsyncFn(mpsc::Sender<u32>) -> Option<u32>) -> Option<u32> {
    let (sender, mut receiver) = mpsc::channel(1);
    let two = async move {
        for _ in 1..=2 {
            println!("received: {:?}", receiver.recv().await);
        }
    };
    let ((), refused) = tokio::join!(two, produce(sender));
    refused
}

/// Makes messages and sends them, until one comes back.
pub async fn until_refused(sender: mpsc::Sender<u32>) -> Option<u32> {
    for n in 1..=5 {
        make(n).await;
        if let Err(SendError(message)) = sender.send(n).await {
            return Some(message);
        }
    }
    None
}

/// The same, and stops as soon as the receiver is gone.
pub async fn until_closed(sender: mpsc::Sender<u32>) -> Option<u32> {
    tokio::select! {
        biased;
        () = sender.closed() => None,
        refused = until_refused(sender.clone()) => refused,
    }
}

/// Takes two seconds to make a message.
#[instrument(ret)]
pub async fn make(n: u32) {
    sleep(Duration::from_secs(2)).await;
    println!("message {n} is made");
}
