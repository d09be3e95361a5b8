//! `send_timeout` returns the message for which there was no room.
//!
//! ```
//! use timeline::seconds;
//!
//! let (messages, run) = timeline::record(kept_message::two_messages());
//!
//! assert_eq!(messages, ["message 1", "message 2"]);
//! assert!(run.calls_of("send").flat_map(|send| send.end).eq([0, 5].map(seconds)));
//! let tries: Vec<_> = run.calls_of("send").flat_map(|send| send.value.as_deref()).collect();
//! assert_eq!(tries, ["1", "3"]); // two have ended at 2 s and at 4 s
//! assert_eq!(run.total(), seconds(5));
//! run.assert_recorded();
//! ```

use std::time::Duration;

use tokio::{
    sync::mpsc::{self, error::SendTimeoutError},
    time::sleep,
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

/// Sends a message, and tries again if there is no room for it within two seconds; returns the
/// number of tries.
#[instrument(ret, skip(sender))]
pub async fn send(n: u32, sender: &mpsc::Sender<String>) -> u32 {
    let mut message = format!("message {n}");
    let mut tries = 1;
    while let Err(SendTimeoutError::Timeout(back)) =
        sender.send_timeout(message, Duration::from_secs(2)).await
    {
        println!("no room for message {n}");
        message = back;
        tries += 1;
    }
    tries
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
