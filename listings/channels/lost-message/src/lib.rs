//! A message whose sending is cancelled is gone.
//!
//! ```standalone_crate
//! use timeline::seconds;
//!
//! let (messages, run) = timeline::record(lost_message::two_messages());
//!
//! assert_eq!(messages, ["message 1"]); // and no second one
//! let ends: Vec<_> = run.calls().iter().flat_map(|send| send.end).collect();
//! assert_eq!(ends, [0, 2].map(seconds));
//! assert_eq!(run.total(), seconds(5));
//! run.assert_recorded();
//! ```

use std::time::Duration;

use tokio::{
    sync::mpsc,
    time::{sleep, timeout},
};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    println!("received: {:?}", two_messages().await);
}

/// Sends two messages to a receiver that comes late, through a channel with room for one.
pub async fn two_messages() -> Vec<String> {
    let (sender, receiver) = mpsc::channel(1);
    let receiving = tokio::spawn(receive_late(receiver));
    send(1, &sender).await;
    send(2, &sender).await;
    drop(sender);
    receiving.await.unwrap()
}

/// Sends a message if there is room for it within two seconds.
#[instrument(ret, skip(sender))]
pub async fn send(n: u32, sender: &mpsc::Sender<String>) {
    let message = format!("message {n}");
    if timeout(Duration::from_secs(2), sender.send(message)).await.is_err() {
        println!("no room for message {n}");
    }
}

/// Receives all messages, from the fifth second on.
pub async fn receive_late(mut receiver: mpsc::Receiver<String>) -> Vec<String> {
    sleep(Duration::from_secs(5)).await;
    let mut messages = Vec::new();
    while let Some(message) = receiver.recv().await {
        messages.push(message);
    }
    messages
}
