//! A reader that reads again waits for the writer that waits for it.
//!
//! ```
//! use reader_writer_reader::{alone, with_writer};
//! use timeline::{Outcome, record, seconds};
//!
//! let (sum, run) = record(alone());
//! assert_eq!(sum, 1 + 1);
//! assert_eq!(run.total(), seconds(2));
//! run.assert_recorded_as("alone");
//!
//! let (in_time, run) = record(with_writer());
//! assert!(!in_time);
//! assert_eq!(run.total(), seconds(60));
//! assert!(run.calls().iter().all(|call| call.outcome == Outcome::Dropped)); // reader and writer
//! run.assert_recorded_as("with-writer");
//! ```

use std::time::Duration;

use tokio::{
    sync::RwLock,
    time::{sleep, timeout},
};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    println!("without a writer, the sum: {}", alone().await);
    println!("with a writer, done in time: {}", with_writer().await);
}

/// Reads twice, while nobody writes.
pub async fn alone() -> u32 {
    let setting = RwLock::new(1);
    read_twice(&setting).await
}

/// Reads twice, and writes once in between, for a minute at most. Returns whether that was enough.
pub async fn with_writer() -> bool {
    let setting = RwLock::new(1);
    let both = async { tokio::join!(read_twice(&setting), write(&setting)) };
    timeout(Duration::from_secs(60), both).await.is_ok()
}

/// Reads, and reads again two seconds later, without releasing the lock; returns the sum.
#[instrument(ret, skip_all)]
pub async fn read_twice(setting: &RwLock<u32>) -> u32 {
    let first = setting.read().await;
    sleep(Duration::from_secs(2)).await;
    let second = setting.read().await;
    *first + *second
}

/// Writes after a second.
#[instrument(ret, skip_all)]
pub async fn write(setting: &RwLock<u32>) {
    sleep(Duration::from_secs(1)).await;
    *setting.write().await += 1;
}
