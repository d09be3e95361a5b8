//! In `buffered`, a result that waits for its turn keeps its place.
//!
//! ```
//! use fourth_call::four_calls;
//! use timeline::{Run, seconds};
//!
//! let shown = |run: &Run| run.calls_of("show").map(|show| show.start).collect::<Vec<_>>();
//!
//! let (_, run) = timeline::record(four_calls(2));
//! assert_eq!(run.call(3).end, Some(seconds(7)));
//! assert_eq!(run.call(4).start, seconds(8)); // not 7
//! assert_eq!(shown(&run), [5, 8, 8, 9].map(seconds));
//! assert_eq!(run.total(), seconds(9));
//! run.assert_recorded_as("two");
//!
//! let (_, run) = timeline::record(four_calls(3));
//! assert_eq!(run.call(3).end, Some(seconds(2)));
//! assert_eq!(run.call(4).start, seconds(5)); // not 2
//! assert_eq!(shown(&run), [5, 8, 8, 8].map(seconds));
//! assert_eq!(run.total(), seconds(8));
//! run.assert_recorded_as("three");
//! ```

use std::time::Duration;

use futures::{StreamExt, stream};
use tokio::time::sleep;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    println!("two places:");
    four_calls(2).await;
    println!("three places:");
    four_calls(3).await;
}

/// Makes four calls with so many places for them, and shows the results in the order of the list.
pub async fn four_calls(places: usize) {
    let calls = (1..).zip([5, 8, 2, 1].map(Duration::from_secs));
    let calls = stream::iter(calls).map(|(call, delay)| random_add(call, delay));
    let mut sums = calls.buffered(places).zip(stream::iter(1..));
    while let Some((sum, n)) = sums.next().await {
        show(n, sum);
    }
}

/// Shows the `n`th result.
#[instrument(ret, skip(sum))]
pub fn show(n: u32, sum: u32) {
    println!("result {n} is here: {sum}");
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
