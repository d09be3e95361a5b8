//! Two tasks that each wait for room in the queue of the other wait for ever.
//!
//! ```
//! use circle::within_a_minute;
//! use timeline::{Outcome, record, seconds};
//!
//! let (in_time, run) = record(within_a_minute(1));
//! assert!(!in_time);
//! assert_eq!(run.total(), seconds(60));
//! assert!(run.calls().iter().all(|call| call.outcome == Outcome::Dropped));
//! run.assert_recorded_as("one");
//!
//! let (in_time, run) = record(within_a_minute(2));
//! assert!(in_time);
//! assert_eq!(run.total(), seconds(0));
//! run.assert_recorded_as("two");
//! ```

use std::time::Duration;

use tokio::{sync::mpsc, time::timeout};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    println!("room for two, done in time: {}", within_a_minute(2).await);
    println!("room for one, done in time: {}", within_a_minute(1).await);
}

/// Joins two exchanges, each of which sends to the other, for a minute at most. Returns whether
/// that was enough.
pub async fn within_a_minute(room: usize) -> bool {
    let (to_second, from_first) = mpsc::channel(room);
    let (to_first, from_second) = mpsc::channel(room);
    let both = async {
        tokio::join!(exchange(1, to_second, from_second), exchange(2, to_first, from_first))
    };
    timeout(Duration::from_secs(60), both).await.is_ok()
}

/// Sends two messages, and then receives two.
#[instrument(ret, skip(sender, receiver))]
pub async fn exchange(call: u32, sender: mpsc::Sender<u32>, mut receiver: mpsc::Receiver<u32>) {
    for message in 1..=2 {
        sender.send(message).await.unwrap();
    }
    for _ in 1..=2 {
        receiver.recv().await.unwrap();
    }
    println!("call {call} has sent and received two messages");
}
