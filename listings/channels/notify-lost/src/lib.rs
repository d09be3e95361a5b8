//! `notify_waiters` wakes those that wait; `notify_one` is kept for the next if nobody does.
//!
//! ```
//! use notify_lost::come_late;
//! use timeline::{record, seconds};
//! use tokio::sync::Notify;
//!
//! let (is_notified, run) = record(come_late(Notify::notify_waiters));
//! assert!(!is_notified);
//! assert_eq!(run.total(), seconds(60));
//! run.assert_recorded_as("waiters");
//!
//! let (is_notified, run) = record(come_late(Notify::notify_one));
//! assert!(is_notified);
//! assert_eq!(run.total(), seconds(3));
//! run.assert_recorded_as("one");
//! ```

use std::time::Duration;

use tokio::{
    sync::Notify,
    time::{sleep, timeout},
};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    println!("notify_one reaches it: {}", come_late(Notify::notify_one).await);
    println!("notify_waiters reaches it: {}", come_late(Notify::notify_waiters).await);
}

/// Notifies after two seconds, and waits for that from the third second on, to the sixtieth at
/// most. Returns whether that was enough.
pub async fn come_late(notify: impl Fn(&Notify)) -> bool {
    let news = Notify::new();
    let notifying = async {
        sleep(Duration::from_secs(2)).await;
        notify(&news);
        println!("notified");
    };
    let ((), in_time) =
        tokio::join!(notifying, timeout(Duration::from_secs(60), wait_from_three(&news)));
    in_time.is_ok()
}

/// Waits for a notification, but only after three seconds.
#[instrument(ret, skip_all)]
pub async fn wait_from_three(news: &Notify) {
    sleep(Duration::from_secs(3)).await;
    news.notified().await;
}
