//! A timer that is made anew for the same instant measures the loop, like one that is kept.
//!
//! ```
//! use timeline::seconds;
//!
//! let ((), run) = timeline::record(timer_until::five_seconds());
//!
//! assert_eq!(run.total(), seconds(5)); // not 25
//! assert!(run.calls_of("tick").map(|tick| tick.start).eq([2, 4].map(seconds)));
//! run.assert_recorded();
//! ```

use std::time::Duration;

use tokio::{
    sync::mpsc,
    time::{Instant, sleep, sleep_until},
};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    five_seconds().await;
    println!("the time is up");
}

/// Takes the ticks that come within five seconds.
pub async fn five_seconds() {
    let (sender, mut ticks) = mpsc::channel(1);
    tokio::spawn(send_ten(sender));
    let deadline = Instant::now() + Duration::from_secs(5);
    loop {
        tokio::select! {
            () = sleep_until(deadline) => break,
            Some(n) = ticks.recv() => tick(n),
        }
    }
}

/// Takes a tick.
#[instrument(ret)]
pub fn tick(n: u32) {
    println!("tick {n}");
}

/// Sends ten ticks, one every two seconds, as long as somebody takes them.
pub async fn send_ten(sender: mpsc::Sender<u32>) {
    for n in 1..=10 {
        sleep(Duration::from_secs(2)).await;
        if sender.send(n).await.is_err() {
            break;
        }
    }
}
