//! What is dropped half-way is half done; a task of its own is finished, whoever gives up.
//!
//! ```
//! use half_done::{awaited, spawned};
//! use timeline::{Outcome, record, seconds};
//!
//! let (accounts, run) = record(awaited());
//! assert_eq!(accounts, [5, 0]); // 5 is missing
//! let transfer = run.calls_of("transfer").next().unwrap();
//! assert_eq!((transfer.end, transfer.outcome), (Some(seconds(3)), Outcome::Dropped));
//! run.assert_recorded_as("awaited");
//!
//! let (accounts, run) = record(spawned());
//! assert_eq!(accounts, [5, 5]);
//! let transfer = run.calls_of("transfer").next().unwrap();
//! assert_eq!((transfer.end, transfer.outcome), (Some(seconds(5)), Outcome::Returned));
//! run.assert_recorded_as("spawned");
//! ```

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::time::{sleep, timeout};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    println!("a transfer that is awaited leaves {:?}", awaited().await);
    println!("a transfer that is spawned leaves {:?}", spawned().await);
}

/// Waits three seconds for a transfer; returns what the two accounts hold after seven.
pub async fn awaited() -> [i32; 2] {
    let accounts = Arc::new(Mutex::new([10, 0]));
    let transfer = transfer(Arc::clone(&accounts));
    if timeout(Duration::from_secs(3), transfer).await.is_err() {
        println!("no answer yet");
    }
    sleep(Duration::from_secs(4)).await;
    *accounts.lock().unwrap()
}

/// The same, with the transfer in a task of its own.
pub async fn spawned() -> [i32; 2] {
    let accounts = Arc::new(Mutex::new([10, 0]));
    let transfer = tokio::spawn(transfer(Arc::clone(&accounts)));
    if timeout(Duration::from_secs(3), transfer).await.is_err() {
        println!("no answer yet");
    }
    sleep(Duration::from_secs(4)).await;
    *accounts.lock().unwrap()
}

/// Takes 5 from the first account, waits for a confirmation, and puts it into the second.
#[instrument(ret, skip_all)]
pub async fn transfer(accounts: Arc<Mutex<[i32; 2]>>) {
    accounts.lock().unwrap()[0] -= 5;
    sleep(Duration::from_secs(5)).await;
    accounts.lock().unwrap()[1] += 5;
}
