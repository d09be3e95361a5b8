//! `abort` asks the runtime to drop a task; one that is done keeps its result.
//!
//! ```
//! use timeline::{Outcome, record, seconds};
//!
//! let ((one, two, three), run) = record(abort::two_of_three());
//!
//! assert_eq!(run.total(), seconds(5)); // not 8
//! assert_eq!(run.completion_order(), [3, 1]);
//! assert_eq!(run.call(2).outcome, Outcome::Dropped);
//! assert_eq!(run.call(2).end, Some(seconds(3)));
//! let are_finished: Vec<_> = run.calls_of("abort").flat_map(|abort| abort.value.as_deref()).collect();
//! assert_eq!(are_finished, ["false", "true"]); // call 2 not yet, call 3 for a second
//! assert!(two.unwrap_err().is_cancelled());
//! assert_eq!(one.unwrap(), run.returned::<u32>(1));
//! assert_eq!(three.unwrap(), run.returned::<u32>(3)); // aborted too late
//! run.assert_recorded();
//! ```

use std::time::Duration;

use tokio::{
    task::{JoinError, JoinHandle},
    time::sleep,
};
use tracing::instrument;

/// What awaiting the handle of a task returns.
pub type Sum = Result<u32, JoinError>;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    let (one, two, three) = two_of_three().await;
    println!("call 1: {one:?}");
    println!("call 2: {two:?}");
    println!("call 3: {three:?}");
}

/// Spawns three tasks, aborts two of them after three seconds, and awaits all of them.
pub async fn two_of_three() -> (Sum, Sum, Sum) {
    let one = tokio::spawn(random_add(1, Duration::from_secs(5)));
    let two = tokio::spawn(random_add(2, Duration::from_secs(8)));
    let three = tokio::spawn(random_add(3, Duration::from_secs(2)));
    sleep(Duration::from_secs(3)).await;
    abort(2, &two);
    abort(3, &three);
    (one.await, two.await, three.await)
}

/// Aborts the task of call `n`, and returns whether it is finished.
#[instrument(ret, skip(task))]
pub fn abort(n: u32, task: &JoinHandle<u32>) -> bool {
    task.abort();
    task.is_finished()
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
