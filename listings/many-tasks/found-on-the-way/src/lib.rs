//! A `JoinSet` takes more tasks while it is being emptied, and ends when none is left.
//!
//! ```standalone_crate
//! use timeline::seconds;
//!
//! let (sums, run) = timeline::record(found_on_the_way::explore());
//!
//! assert_eq!(run.total(), seconds(5 + 8)); // not 15
//! assert_eq!(run.completion_order(), [1, 3, 2]);
//! for call in [2, 3] {
//!     assert_eq!(run.call(call).start, seconds(5)); // nobody knew of it before
//! }
//! assert_eq!(sums, [1, 3, 2].map(|call| run.returned::<u32>(call))); // the order of completion
//! run.assert_recorded();
//! ```

use std::time::Duration;

use tokio::{task::JoinSet, time::sleep};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    let sums = explore().await;
    println!("{} calls were made in the end; their sums: {sums:?}", sums.len());
}

/// Makes a call, then those that it finds, until none is left. Collects the results as they come.
pub async fn explore() -> Vec<u32> {
    let mut tasks = JoinSet::new();
    tasks.spawn(visit(1, Duration::from_secs(5)));
    let mut sums = Vec::new();
    while let Some(visited) = tasks.join_next().await {
        let (sum, found) = visited.unwrap();
        sums.push(sum);
        for (call, delay) in found {
            tasks.spawn(visit(call, delay));
        }
    }
    sums
}

/// Makes a call. Gives its result, and the calls that are to be made because of it.
pub async fn visit(call: u32, delay: Duration) -> (u32, Vec<(u32, Duration)>) {
    let sum = random_add(call, delay).await;
    let found = match call {
        1 => vec![(2, Duration::from_secs(8)), (3, Duration::from_secs(2))],
        _ => Vec::new(),
    };
    (sum, found)
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
