//! A `block_on` of fifteen lines runs the three calls as tokio's does.
//!
//! ```
//! let ((), run) = timeline::record_wall(block_on_by_hand::three_calls);
//!
//! assert_eq!(run.total(), timeline::seconds(5 + 8 + 2));
//! assert_eq!(run.completion_order(), [1, 2, 3]);
//! assert!(run.calls().iter().all(|call| call.task.is_none())); // no task: nothing was spawned
//! run.assert_recorded();
//! ```

use std::{
    pin::pin,
    sync::Arc,
    task::{Context, Poll, Wake, Waker},
    thread::{self, Thread},
    time::Duration,
};

use tokio::{runtime::Builder, time::sleep};
use tracing::instrument;

/// Runs the program: a second lasts a second.
pub fn main() {
    three_calls(Duration::from_secs(1));
}

/// Makes three calls, one after the other. The runtime is there for its timers alone: its only
/// worker looks after them.
pub fn three_calls(second: Duration) {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_time().build().unwrap();
    let _timers = runtime.enter();
    block_on(async {
        random_add(1, 5 * second).await;
        random_add(2, 8 * second).await;
        random_add(3, 2 * second).await;
    });
}

/// Polls the future on this thread until it is ready. While it is pending, the thread sleeps.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}

/// A waker that lets a parked thread go on.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Waits for `delay`, draws five random numbers, prints them and returns their sum.
#[instrument(ret)]
pub async fn random_add(call: u32, delay: Duration) -> u32 {
    println!("call {call} starts");
    sleep(delay).await;
    let numbers: [u32; 5] = std::array::from_fn(|_| rand::random_range(1..=100));
    let sum = numbers.iter().sum();
    println!("call {call} returns: {numbers:?} add up to {sum}");
    sum
}
