//! A watch channel keeps the latest value alone: a slow receiver sees that, and none before it.
//!
//! ```standalone_crate
//! use timeline::seconds;
//!
//! let ((), run) = timeline::record(watch_latest::five_values());
//!
//! let handled: Vec<_> = run.calls_of("handle").collect();
//! let values: Vec<_> = handled.iter().map(|call| &*call.arguments["n"]).collect();
//! assert_eq!(values, ["1", "3", "5"]);
//! assert_eq!(handled[2].start, seconds(5)); // at 4 s, 5 has taken the place of 4
//! assert_eq!(run.total(), seconds(5) + seconds(5) / 2);
//! run.assert_recorded();
//! ```

use std::time::Duration;

use tokio::{
    sync::watch,
    time::{interval, sleep},
};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    five_values().await;
}

/// Publishes a value every second, and handles the latest whenever it has changed.
pub async fn five_values() {
    let (sender, mut receiver) = watch::channel(0);
    tokio::spawn(publish_five(sender));
    while receiver.changed().await.is_ok() {
        let n = *receiver.borrow_and_update();
        handle(n).await;
    }
}

/// Publishes five values, one every second.
pub async fn publish_five(sender: watch::Sender<u32>) {
    let mut seconds = interval(Duration::from_secs(1));
    for n in 1..=5 {
        seconds.tick().await;
        publish(n, &sender);
    }
}

/// Publishes a value.
#[instrument(ret, skip(sender))]
pub fn publish(n: u32, sender: &watch::Sender<u32>) {
    sender.send(n).unwrap();
    println!("value {n} is published");
}

/// Takes two and a half seconds over a value.
#[instrument(ret)]
pub async fn handle(n: u32) {
    sleep(Duration::from_millis(2500)).await;
    println!("value {n} is handled");
}
