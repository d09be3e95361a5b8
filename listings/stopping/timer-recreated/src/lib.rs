//! A timer that is made anew in each round of a loop measures the round, not the loop.
//!
//! ```
//! use timeline::seconds;
//!
//! let ((), run) = timeline::record(timer_recreated::five_seconds());
//!
//! assert_eq!(run.total(), seconds(10 * 2 + 5)); // not 5
//! let ticks: Vec<_> = run.calls().iter().map(|tick| tick.start).collect();
//! assert_eq!(ticks, [2, 4, 6, 8, 10, 12, 14, 16, 18, 20].map(seconds));
//! run.assert_recorded();
//! ```

use std::time::Duration;

use tokio::{sync::mpsc, time::sleep};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    five_seconds().await;
    println!("the time is up");
}

/// Takes the ticks that come within five seconds; at least, that is the intention.
pub async fn five_seconds() {
    let (sender, mut ticks) = mpsc::channel(1);
    tokio::spawn(send_ten(sender));
    loop {
        tokio::select! {
            () = sleep(Duration::from_secs(5)) => break,
            Some(n) = ticks.recv() => tick(n),
        }
    }
}

/// Takes a tick.
#[instrument(ret)]
pub fn tick(n: u32) {
    println!("tick {n}");
}

/// Sends ten ticks, one every two seconds.
pub async fn send_ten(sender: mpsc::Sender<u32>) {
    for n in 1..=10 {
        sleep(Duration::from_secs(2)).await;
        sender.send(n).await.unwrap();
    }
}
