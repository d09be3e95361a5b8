//! `try_send` does not wait: what finds no room is refused at once.
//!
//! ```
//! use timeline::seconds;
//!
//! let (refused, run) = timeline::record(refused::five_messages());
//!
//! assert_eq!(refused, [3, 5]);
//! assert!(run.calls_of("offer").map(|offer| offer.start).eq([0, 1, 2, 3, 4].map(seconds)));
//! assert!(run.calls_of("offer").all(|offer| offer.end == Some(offer.start)));
//! let handled: Vec<_> = run.calls_of("handle").map(|call| &*call.arguments["n"]).collect();
//! assert_eq!(handled, ["1", "2", "4"]);
//! assert_eq!(run.total(), 3 * seconds(5) / 2);
//! run.assert_recorded();
//! ```

use std::time::Duration;

use tokio::{sync::mpsc, time::sleep};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    println!("refused: {:?}", five_messages().await);
}

/// Offers five messages, handles those for which there is room, and returns the others.
pub async fn five_messages() -> Vec<u32> {
    let (sender, mut receiver) = mpsc::channel(1);
    let offering = tokio::spawn(offer_five(sender));
    while let Some(n) = receiver.recv().await {
        handle(n).await;
    }
    offering.await.unwrap()
}

/// Offers a message every second; returns those that were refused.
pub async fn offer_five(sender: mpsc::Sender<u32>) -> Vec<u32> {
    let mut refused = Vec::new();
    for n in 1..=5 {
        if !offer(n, &sender) {
            refused.push(n);
        }
        sleep(Duration::from_secs(1)).await;
    }
    refused
}

/// Sends a message if there is room for it right now; returns whether there is.
#[instrument(ret, skip(sender))]
pub fn offer(n: u32, sender: &mpsc::Sender<u32>) -> bool {
    sender.try_send(n).is_ok()
}

/// Takes two and a half seconds over a message.
#[instrument(ret)]
pub async fn handle(n: u32) {
    sleep(Duration::from_millis(2500)).await;
    println!("message {n} is handled");
}
