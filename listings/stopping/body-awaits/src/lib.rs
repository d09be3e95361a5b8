//! While the body of a branch runs, no other branch is polled, not even a deadline.
//!
//! ```
//! use body_awaits::{in_select, in_timeout};
//! use timeline::{Outcome, record, seconds};
//!
//! let ((), run) = record(in_select());
//! assert_eq!(run.total(), seconds(2 + 10)); // not 5
//! assert!(run.calls().iter().all(|call| call.outcome == Outcome::Returned));
//! run.assert_recorded_as("select");
//!
//! let ((), run) = record(in_timeout());
//! assert_eq!(run.total(), seconds(5));
//! let handle = run.calls_of("handle").next().unwrap();
//! assert_eq!((handle.end, handle.outcome), (Some(seconds(5)), Outcome::Dropped));
//! run.assert_recorded_as("timeout");
//! ```

use std::{pin::pin, time::Duration};

use tokio::{
    sync::mpsc,
    time::{sleep, timeout},
};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    println!("a deadline beside the handling:");
    in_select().await;
    println!("a deadline around the handling:");
    in_timeout().await;
}

/// Handles the ticks that come within five seconds; at least, that is the intention.
pub async fn in_select() {
    let (sender, mut ticks) = mpsc::channel(1);
    tokio::spawn(send_ten(sender));
    let mut deadline = pin!(sleep(Duration::from_secs(5)));
    loop {
        tokio::select! {
            biased;
            () = &mut deadline => break,
            Some(n) = ticks.recv() => handle(n).await,
        }
    }
    println!("the time is up");
}

/// Handles ticks for five seconds.
pub async fn in_timeout() {
    let (sender, mut ticks) = mpsc::channel(1);
    tokio::spawn(send_ten(sender));
    let handling = async {
        while let Some(n) = ticks.recv().await {
            handle(n).await;
        }
    };
    if timeout(Duration::from_secs(5), handling).await.is_err() {
        println!("the time is up");
    }
}

/// Takes ten seconds over a tick.
#[instrument(ret)]
pub async fn handle(n: u32) {
    sleep(Duration::from_secs(10)).await;
    println!("tick {n} is handled");
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
