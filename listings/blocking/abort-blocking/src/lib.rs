//! A blocking call that has started cannot be aborted.
//!
//! ```
//! use timeline::{record_wall, seconds};
//!
//! let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
//!
//! let ((one, two, three), run) =
//!     record_wall(|second| runtime.block_on(abort_blocking::two_of_three(second)));
//!
//! let abort = run.calls_of("abort").next().unwrap();
//! assert_eq!(abort.end, Some(seconds(3)));
//! assert_eq!(run.total(), seconds(8)); // not 5
//! assert_eq!(run.completion_order(), [3, 1, 2]);
//! assert_eq!((two.unwrap(),), (run.returned(2),)); // not cancelled
//! assert_eq!((one.unwrap(), three.unwrap()), (run.returned(1), run.returned(3)));
//! run.assert_recorded();
//!
//! // Nor by the end of the runtime, which waits for it.
//! let (starts, has_started) = std::sync::mpsc::channel();
//! let call = runtime.spawn_blocking(move || {
//!     starts.send(()).unwrap();
//!     abort_blocking::random_add(4, std::time::Duration::from_millis(50))
//! });
//! has_started.recv().unwrap();
//! drop(runtime);
//! assert!(call.is_finished());
//! ```

use std::{thread, time::Duration};

use tokio::{
    sync::oneshot,
    task::{JoinError, JoinHandle, spawn_blocking},
    time::sleep,
};
use tracing::instrument;

/// What awaiting the handle of a task returns.
pub type Sum = Result<u32, JoinError>;

/// The entry of the program: a second lasts a second.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    let (one, two, three) = two_of_three(Duration::from_secs(1)).await;
    println!("call 1: {one:?}");
    println!("call 2: {two:?}");
    println!("call 3: {three:?}");
}

/// Makes three calls on threads of their own, aborts the second after three seconds, and awaits
/// all of them.
pub async fn two_of_three(second: Duration) -> (Sum, Sum, Sum) {
    let (starts, has_started) = oneshot::channel();
    let one = spawn_blocking(move || random_add(1, 5 * second));
    let two = spawn_blocking(move || {
        starts.send(()).unwrap();
        random_add(2, 8 * second)
    });
    let three = spawn_blocking(move || random_add(3, 2 * second));
    // A call that still waits for a thread would be called off.
    has_started.await.unwrap();
    sleep(3 * second).await;
    abort(&two);
    (one.await, two.await, three.await)
}

/// Aborts a task.
#[instrument(ret, skip_all)]
pub fn abort(task: &JoinHandle<u32>) {
    println!("call 2 is aborted");
    task.abort();
}

/// Blocks its thread for `delay`, draws five random numbers, prints them and returns their sum.
#[instrument(ret)]
pub fn random_add(call: u32, delay: Duration) -> u32 {
    println!("call {call} starts");
    thread::sleep(delay);
    let numbers: [u32; 5] = std::array::from_fn(|_| rand::random_range(1..=100));
    let sum = numbers.iter().sum();
    println!("call {call} returns: {numbers:?} add up to {sum}");
    sum
}
