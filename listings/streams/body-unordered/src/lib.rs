//! `buffer_unordered` stands still behind a body that waits, as `buffered` does.
//!
//! ```
//! use timeline::seconds;
//!
//! let (_, run) = timeline::record(body_unordered::four_calls());
//!
//! assert_eq!([1, 2, 3, 4].map(|call| run.call(call).start), [0, 0, 11, 11].map(seconds));
//! assert_eq!([1, 2, 3, 4].map(|call| run.call(call).end), [5, 8, 15, 12].map(|n| Some(seconds(n))));
//! let written: Vec<_> = run.calls_of("write_down").map(|write| write.start).collect();
//! assert_eq!(written, [5, 8, 12, 15].map(seconds));
//! assert_eq!(run.total(), seconds(18));
//! run.assert_recorded();
//! ```

use std::time::Duration;

use futures::{StreamExt, stream};
use tokio::time::sleep;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    four_calls().await;
}

/// Makes four calls, two at a time, and writes down each result as the stream yields it.
pub async fn four_calls() {
    let calls = (1..).zip([5, 8, 2, 1].map(Duration::from_secs));
    let calls = stream::iter(calls).map(|(call, delay)| random_add(call, delay));
    let mut sums = calls.buffer_unordered(2).zip(stream::iter(1..));
    while let Some((sum, n)) = sums.next().await {
        write_down(n, sum).await;
    }
}

/// Writes a result down, which takes three seconds.
#[instrument(ret, skip(sum))]
pub async fn write_down(n: u32, sum: u32) {
    sleep(Duration::from_secs(3)).await;
    println!("result {n} is written down: {sum}");
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
