//! The body of a `stream!` runs only while somebody waits for the next item.
//!
//! ```
//! use timeline::seconds;
//!
//! let (sums, run) = timeline::record(generated::three_calls());
//!
//! assert_eq!([1, 2, 3].map(|call| run.call(call).start), [3, 9, 18].map(seconds));
//! assert_eq!([1, 2, 3].map(|call| run.call(call).end), [8, 17, 20].map(|n| Some(seconds(n))));
//! assert_eq!(run.total(), seconds(3 + 15 + 3)); // nothing overlaps
//! assert_eq!(sums, [1, 2, 3].map(|call| run.returned::<u32>(call)));
//! run.assert_recorded();
//! ```

use std::{pin::pin, time::Duration};

use async_stream::stream;
use futures::{Stream, StreamExt};
use tokio::time::sleep;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    let sums = three_calls().await;
    println!("the sums, in the order of the calls: {sums:?}");
}

/// Makes a stream, takes its items from the third second on, and takes a second over each.
pub async fn three_calls() -> Vec<u32> {
    let mut results = pin!(results());
    sleep(Duration::from_secs(3)).await;
    let mut sums = Vec::new();
    while let Some(sum) = results.next().await {
        sums.push(sum);
        sleep(Duration::from_secs(1)).await;
    }
    sums
}

/// The sums of three calls.
pub fn results() -> impl Stream<Item = u32> {
    stream! {
        for (call, delay) in (1..).zip([5, 8, 2].map(Duration::from_secs)) {
            yield random_add(call, delay).await;
        }
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
