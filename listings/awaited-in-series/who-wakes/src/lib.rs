//! A pending future is polled again when the waker that it was polled with has been called.
//!
//! ```
//! use timeline::seconds;
//!
//! let ((), run) = timeline::record(who_wakes::watched());
//!
//! let names: Vec<&str> = run.calls().iter().map(|call| call.name.as_str()).collect();
//! assert_eq!(names, ["poll", "wake", "poll"]); // nobody asks in between
//! let starts: Vec<_> = run.calls().iter().map(|call| call.start).collect();
//! assert_eq!(starts, [0, 5, 5].map(seconds));
//! let values: Vec<_> = run.calls().iter().filter_map(|call| call.value.as_deref()).collect();
//! assert_eq!(values, ["Pending", "()", "Ready(())"]);
//! run.assert_recorded();
//! ```

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, Wake, Waker},
    time::Duration,
};

use tokio::time::{Sleep, sleep};
use tracing::instrument;

/// Runs the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    watched().await;
}

/// Awaits a timer, and shows who polls it and who wakes.
pub async fn watched() {
    Watched { sleep: Box::pin(sleep(Duration::from_secs(5))), polls: 0 }.await;
}

/// A timer that is watched.
pub struct Watched {
    sleep: Pin<Box<Sleep>>,
    polls: u32,
}

impl Future for Watched {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        self.polls += 1;
        let n = self.polls;
        let waker = Waker::from(Arc::new(WatchedWaker(context.waker().clone())));
        poll(n, self.sleep.as_mut(), &mut Context::from_waker(&waker))
    }
}

/// Polls the timer.
#[instrument(ret, skip(sleep, context))]
pub fn poll(n: u32, sleep: Pin<&mut Sleep>, context: &mut Context<'_>) -> Poll<()> {
    sleep.poll(context)
}

/// Passes a wake-up on to the waker that the runtime polled with.
struct WatchedWaker(Waker);

impl Wake for WatchedWaker {
    fn wake(self: Arc<Self>) {
        wake(&self.0);
    }
}

/// Wakes.
#[instrument(ret, skip_all)]
pub fn wake(waker: &Waker) {
    waker.wake_by_ref();
}
