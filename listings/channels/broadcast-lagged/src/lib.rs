//! A broadcast channel keeps the latest values, and tells a slow receiver how many it has missed.
//!
//! ```standalone_crate
//! use timeline::seconds;
//!
//! let (lost, run) = timeline::record(broadcast_lagged::five_values());
//!
//! let handled: Vec<_> = run.calls_of("handle").collect();
//! let values: Vec<_> = handled.iter().map(|call| &*call.arguments["n"]).collect();
//! assert_eq!(values, ["1", "2", "4", "5"]); // 3 is lost
//! assert_eq!(lost, 1);
//! assert_eq!(handled[2].start, seconds(5)); // at 4 s, 5 has taken the place of 3
//! assert_eq!(run.total(), seconds(10));
//! run.assert_recorded();
//! ```

use std::time::Duration;

use tokio::{
    sync::broadcast::{self, error::RecvError},
    time::{interval, sleep},
};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    println!("values lost: {}", five_values().await);
}

/// Publishes a value every second, handles what arrives, and returns how many were lost.
pub async fn five_values() -> u64 {
    let (sender, mut receiver) = broadcast::channel(2);
    tokio::spawn(publish_five(sender));
    let mut lost = 0;
    loop {
        match receiver.recv().await {
            Ok(n) => handle(n).await,
            Err(RecvError::Lagged(values)) => lost += values,
            Err(RecvError::Closed) => return lost,
        }
    }
}

/// Publishes five values, one every second.
pub async fn publish_five(sender: broadcast::Sender<u32>) {
    let mut seconds = interval(Duration::from_secs(1));
    for n in 1..=5 {
        seconds.tick().await;
        publish(n, &sender);
    }
}

/// Publishes a value.
#[instrument(ret, skip(sender))]
pub fn publish(n: u32, sender: &broadcast::Sender<u32>) {
    sender.send(n).unwrap();
    println!("value {n} is published");
}

/// Takes two and a half seconds over a value.
#[instrument(ret)]
pub async fn handle(n: u32) {
    sleep(Duration::from_millis(2500)).await;
    println!("value {n} is handled");
}
