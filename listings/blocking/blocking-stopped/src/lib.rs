//! A blocking closure can be stopped if it looks at a flag, and a guard can raise the flag.
//!
//! ```
//! use timeline::seconds;
//!
//! let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
//!
//! let (steps, run) = timeline::record_wall(|second| {
//!     runtime.block_on(blocking_stopped::five_seconds(second))
//! });
//!
//! assert!(steps.is_err()); // the time has elapsed
//! let working = run.calls_of("eight_steps").next().unwrap();
//! assert_eq!(working.end, Some(seconds(3))); // not 8
//! assert_eq!(working.value.as_deref(), Some("3"));
//! assert_eq!(run.total(), seconds(5));
//! run.assert_recorded();
//! ```

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use tokio::{
    task::spawn_blocking,
    time::{error::Elapsed, sleep, timeout},
};
use tracing::instrument;

/// The entry of the program: a second lasts a second.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    println!("the number of steps: {:?}", five_seconds(Duration::from_secs(1)).await);
}

/// Waits two and a half seconds for the work, and no longer; goes on until five and a half.
pub async fn five_seconds(second: Duration) -> Result<u32, Elapsed> {
    let steps = timeout(second * 5 / 2, on_own_thread(second)).await;
    sleep(3 * second).await;
    steps
}

/// Works on a thread of its own, for as long as somebody waits for it.
pub async fn on_own_thread(second: Duration) -> u32 {
    let stop = Arc::new(AtomicBool::new(false));
    let _stop_when_dropped = Stop(Arc::clone(&stop));
    spawn_blocking(move || eight_steps(second, &stop)).await.unwrap()
}

/// Raises a flag when it is dropped.
struct Stop(Arc<AtomicBool>);

impl Drop for Stop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Takes steps of a second each, eight of them or fewer; returns their number.
#[instrument(ret, skip_all)]
pub fn eight_steps(second: Duration, stop: &AtomicBool) -> u32 {
    for step in 0..8 {
        if stop.load(Ordering::Relaxed) {
            return step;
        }
        thread::sleep(second);
    }
    8
}
