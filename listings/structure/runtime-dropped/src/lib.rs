//! A runtime that is dropped drops its tasks, and waits for what blocks on its threads.
//!
//! ```
//! use runtime_dropped::{dropped, in_background};
//! use timeline::{Outcome, seconds};
//!
//! let (_, run) = timeline::record_wall_as("dropped", dropped);
//! let end = run.calls_of("shut_down").next().unwrap();
//! assert_eq!((end.start, end.end), (seconds(2), Some(seconds(5))));
//! let one = run.call(1);
//! assert_eq!((one.end, one.outcome), (Some(seconds(2)), Outcome::Dropped));
//! assert_eq!(run.call(2).end, Some(seconds(5)));
//! run.assert_recorded_as("dropped");
//!
//! let (_, run) = timeline::record_wall_as("in-background", in_background);
//! let end = run.calls_of("shut_down").next().unwrap();
//! assert_eq!((end.start, end.end), (seconds(2), Some(seconds(2))));
//! let one = run.call(1);
//! assert_eq!((one.end, one.outcome), (Some(seconds(2)), Outcome::Dropped));
//! assert_eq!(run.call(2).end, Some(seconds(5))); // on a thread that nobody waited for
//! run.assert_recorded_as("in-background");
//! ```

use std::{sync::mpsc, thread, time::Duration};

use tokio::{
    runtime::{Builder, Runtime},
    time::sleep,
};
use tracing::instrument;

/// The entry of the program: a second lasts a second.
pub fn main() {
    let second = Duration::from_secs(1);
    println!("dropped:");
    dropped(second);
    println!("ended in the background:");
    in_background(second);
}

/// Drops a runtime after two seconds.
pub fn dropped(second: Duration) {
    let (runtime, returned) = two_calls(second);
    shut_down(|| drop(runtime));
    returned.recv().unwrap();
}

/// Ends a runtime in the background after two seconds.
pub fn in_background(second: Duration) {
    let (runtime, returned) = two_calls(second);
    shut_down(|| runtime.shutdown_background());
    returned.recv().unwrap();
}

/// Makes a runtime that runs a task and a blocking call, and works in it for two seconds.
pub fn two_calls(second: Duration) -> (Runtime, mpsc::Receiver<()>) {
    let runtime = Builder::new_current_thread().enable_time().build().unwrap();
    let (returns, returned) = mpsc::channel();
    runtime.spawn(async_add(1, 8 * second));
    runtime.spawn_blocking(move || {
        blocking_add(2, 5 * second);
        returns.send(()).unwrap();
    });
    runtime.block_on(async { sleep(2 * second).await });
    (runtime, returned)
}

/// Ends a runtime, in the way that is given.
#[instrument(ret, skip_all)]
pub fn shut_down(end: impl FnOnce()) {
    println!("the runtime is to end");
    end();
    println!("the program goes on");
}

/// Waits for `delay`, and returns a random number.
#[instrument(ret)]
pub async fn async_add(call: u32, delay: Duration) -> u32 {
    println!("call {call} starts");
    sleep(delay).await;
    println!("call {call} returns");
    rand::random_range(1..=100)
}

/// Blocks its thread for `delay`, and returns a random number.
#[instrument(ret)]
pub fn blocking_add(call: u32, delay: Duration) -> u32 {
    println!("call {call} starts");
    thread::sleep(delay);
    println!("call {call} returns");
    rand::random_range(1..=100)
}
