//! A receiver waits for as long as there is a sender, even one that never sends.
//!
//! ```
//! use sender_kept::{dropped, kept};
//! use timeline::{record, seconds};
//!
//! let (in_time, run) = record(kept());
//! assert_eq!(run.completion_order(), [3, 1, 2]); // the last of them at 8 s
//! assert_eq!(run.total(), seconds(60)); // where patience ends
//! assert!(!in_time);
//! run.assert_recorded_as("kept");
//!
//! let (in_time, run) = record(dropped());
//! assert_eq!(run.completion_order(), [3, 1, 2]);
//! assert_eq!(run.total(), seconds(8));
//! assert!(in_time);
//! run.assert_recorded_as("dropped");
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
    println!("the first sender is dropped:");
    println!("all sums are there: {}", dropped().await);
    println!("the first sender is kept:");
    println!("all sums are there: {}", kept().await);
}

/// Keeps the sender of which the tasks have copies, and receives their sums.
pub async fn kept() -> bool {
    let (sender, receiver) = mpsc::channel(3);
    spawn_three(&sender);
    receive(receiver).await
}

/// Drops the sender of which the tasks have copies, and receives their sums.
pub async fn dropped() -> bool {
    let (sender, receiver) = mpsc::channel(3);
    spawn_three(&sender);
    drop(sender);
    receive(receiver).await
}

/// Spawns three tasks that each send a sum.
pub fn spawn_three(sender: &mpsc::Sender<u32>) {
    for (call, delay) in (1..).zip([5, 8, 2].map(Duration::from_secs)) {
        let sender = sender.clone();
        tokio::spawn(async move {
            let sum = random_add(call, delay).await;
            sender.send(sum).await.unwrap();
        });
    }
}

/// Receives sums until there are no senders, for a minute at most. Returns whether that was enough.
pub async fn receive(mut receiver: mpsc::Receiver<u32>) -> bool {
    let all = async {
        while let Some(sum) = receiver.recv().await {
            println!("received: {sum}");
        }
    };
    timeout(Duration::from_secs(60), all).await.is_ok()
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
