//! A future that is neither polled nor dropped keeps its place in the queue for a lock.
//!
//! ```
//! use lock_in_select::{in_turn, together, within_a_minute};
//! use timeline::{Outcome, record, seconds};
//!
//! let (in_time, run) = record(within_a_minute(in_turn));
//! assert!(!in_time);
//! assert_eq!(run.completion_order(), [1]);
//! assert_eq!(run.call(1).end, Some(seconds(5))); // since then, nobody holds the lock
//! assert_eq!(run.total(), seconds(60));
//! run.assert_recorded_as("in-turn");
//!
//! let (in_time, run) = record(within_a_minute(together));
//! assert!(in_time);
//! assert_eq!(run.completion_order(), [1, 2, 3]);
//! assert_eq!(run.total(), seconds(5 + 8 + 2));
//! run.assert_recorded_as("together");
//! ```

use std::{pin::pin, time::Duration};

use tokio::{
    sync::Mutex,
    time::{sleep, timeout},
};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    println!("polled together, done in time: {}", within_a_minute(together).await);
    println!("polled in turn, done in time: {}", within_a_minute(in_turn).await);
}

/// Joins a call that has the lock with somebody impatient, for a minute at most. Returns whether
/// that was enough.
pub async fn within_a_minute(impatient: impl AsyncFn(&Mutex<()>)) -> bool {
    let lock = Mutex::new(());
    let both = async {
        tokio::join!(biased; locked_add(1, Duration::from_secs(5), &lock), impatient(&lock))
    };
    timeout(Duration::from_secs(60), both).await.is_ok()
}

/// Waits two seconds for call 2, then makes call 3, and then goes on with call 2.
pub async fn in_turn(lock: &Mutex<()>) {
    let mut two = pin!(locked_add(2, Duration::from_secs(8), lock));
    tokio::select! {
        biased;
        _ = &mut two => {}
        () = sleep(Duration::from_secs(2)) => {
            locked_add(3, Duration::from_secs(2), lock).await;
            two.await;
        }
    }
}

/// Waits two seconds for call 2, then makes call 3, and goes on with call 2 meanwhile.
pub async fn together(lock: &Mutex<()>) {
    let mut two = pin!(locked_add(2, Duration::from_secs(8), lock));
    tokio::select! {
        biased;
        _ = &mut two => {}
        () = sleep(Duration::from_secs(2)) => {
            tokio::join!(locked_add(3, Duration::from_secs(2), lock), two);
        }
    }
}

/// Waits for the lock and for `delay`, draws a number and returns it.
#[instrument(ret, skip(lock))]
pub async fn locked_add(call: u32, delay: Duration, lock: &Mutex<()>) -> u32 {
    let _guard = lock.lock().await;
    println!("call {call} has the lock");
    sleep(delay).await;
    rand::random_range(1..=100)
}
