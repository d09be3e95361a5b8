//! A timer that is made once, before the loop, measures the loop.
//!
//! ```standalone_crate
//! use timeline::seconds;
//!
//! let ((), run) = timeline::record(timer_pinned::five_seconds());
//!
//! assert_eq!(run.total(), seconds(5)); // not 25
//! let ticks: Vec<_> = run.calls().iter().map(|tick| tick.start).collect();
//! assert_eq!(ticks, [2, 4].map(seconds));
//! run.assert_recorded();
//! ```

use std::{pin::pin, time::Duration};

use tokio::{sync::mpsc, time::sleep};
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
    let mut deadline = pin!(sleep(Duration::from_secs(5)));
    loop {
        tokio::select! {
            () = &mut deadline => break,
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
