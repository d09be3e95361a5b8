//! Let a cache be asked for several sums at once, and make three calls at a time.
//!
//! `Cache` keeps the sum of each call that was made, so that it need not be made again. It is asked
//! for four sums at once, two of them the same, and then for the same four again. That takes 15 seconds.
//! Change `Cache` so that it takes 8. Each of the three calls is still made once, with the delay that it
//! has now. `random_add` stays as it is, and so does what `two_rounds` returns.
//!
//! # Hints
//!
//! 1. Which future waits for the lock while a call is made, and does that call need the lock?
//! 2. If the lock is taken twice, to look and to put in, the two that want the same sum both see that
//!    it is missing. What they have to share is something that is being filled.
//! 3. A `OnceCell` for each call, in the map: take the lock to get the cell, let go of it, and await
//!    `get_or_init` without it. An `Arc` around the cell lets you take it out of the map.
//!
//! # At first
//!
//! The proof fails with `two rounds take 15s, not 8s`.
//!
//! # Proof
//!
//! ```
//! use fifteen_to_eight::two_rounds;
//! use timeline::{record, seconds};
//! use tokio::time::timeout;
//!
//! let (rounds, run) = record(async { timeout(seconds(60), two_rounds()).await });
//! let rounds = rounds.expect("the rounds never end");
//! for (call, delay) in [(1, 5), (2, 8), (3, 2)] {
//!     let made = run.calls_of("random_add").filter(|made| made.id == Some(call)).count();
//!     assert!(made == 1, "call {call} is made {made} times, not once");
//!     let made = run.call(call);
//!     let end = made.start + seconds(delay);
//!     assert!(made.end == Some(end), "call {call} does not take {delay} s");
//!     let value: u32 = run.returned(call);
//!     for round in &rounds {
//!         let sum = round[call as usize - 1];
//!         assert!(sum == value, "{sum} is not the sum of call {call}");
//!     }
//! }
//! for [_, second, _, again] in &rounds {
//!     assert!(second == again, "call 2 has two sums: {second} and {again}");
//! }
//! assert!(run.total() <= seconds(8), "two rounds take {:?}, not 8s", run.total());
//! ```

use std::{collections::HashMap, time::Duration};

use tokio::{sync::Mutex, time::sleep};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    let [first, second] = two_rounds().await;
    println!("in the first round:  {first:?}");
    println!("in the second round: {second:?}");
}

/// Asks an empty cache for four sums at once, and then once more.
pub async fn two_rounds() -> [[u32; 4]; 2] {
    let cache = Cache::default();
    [round(&cache).await, round(&cache).await]
}

/// Asks the cache for four sums at once, of which two are the same.
pub async fn round(cache: &Cache) -> [u32; 4] {
    let (first, second, third, again) = tokio::join!(
        cache.sum(1, Duration::from_secs(5)),
        cache.sum(2, Duration::from_secs(8)),
        cache.sum(3, Duration::from_secs(2)),
        cache.sum(2, Duration::from_secs(8)),
    );
    [first, second, third, again]
}

/// Keeps the sum of each call that was made.
#[derive(Default)]
pub struct Cache {
    sums: Mutex<HashMap<u32, u32>>,
}

impl Cache {
    /// Returns the sum of a call, which is made if it has not been.
    pub async fn sum(&self, call: u32, delay: Duration) -> u32 {
        let mut sums = self.sums.lock().await;
        if let Some(&sum) = sums.get(&call) {
            return sum;
        }
        let sum = random_add(call, delay).await;
        sums.insert(call, sum);
        sum
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
