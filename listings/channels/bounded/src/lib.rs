//! Who sends into a channel that is full waits until there is room.
//!
//! ```standalone_crate
//! use timeline::seconds;
//!
//! let (longest, run) = timeline::record(bounded::five_messages());
//!
//! assert_eq!(run.total(), seconds(5 * 2));
//! let ends = |name| -> Vec<_> { run.calls_of(name).flat_map(|call| call.end).collect() };
//! assert_eq!(ends("send"), [0, 0, 2, 4, 6].map(seconds)); // as fast as they are handled
//! assert_eq!(ends("handle"), [2, 4, 6, 8, 10].map(seconds));
//! assert_eq!(longest, 1);
//! run.assert_recorded();
//! ```

use std::time::Duration;

use tokio::{sync::mpsc, time::sleep};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    println!("waiting at most: {}", five_messages().await);
}

/// Sends five messages and handles them; returns how many were waiting in the channel at most.
pub async fn five_messages() -> usize {
    let (sender, mut receiver) = mpsc::channel(1);
    tokio::spawn(send_five(sender));
    let mut longest = 0;
    while let Some(n) = receiver.recv().await {
        handle(n).await;
        longest = longest.max(receiver.len());
    }
    longest
}

/// Sends five messages, one after the other.
pub async fn send_five(sender: mpsc::Sender<u32>) {
    for n in 1..=5 {
        send(n, &sender).await;
    }
}

/// Sends a message.
#[instrument(ret, skip(sender))]
pub async fn send(n: u32, sender: &mpsc::Sender<u32>) {
    sender.send(n).await.unwrap();
    println!("message {n} is sent");
}

/// Takes two seconds over a message.
#[instrument(ret)]
pub async fn handle(n: u32) {
    sleep(Duration::from_secs(2)).await;
    println!("message {n} is handled");
}
