//! Let a cache be asked for three sums at once, and make three calls at a time.
//!
//! `Cache` keeps the sum of each call that was made, so that it need not be made again. It is asked
//! for three sums at once, and then for the same three again. That takes 15 seconds. Change `Cache`
//! so that it takes 8. Each of the three calls is still made once, with the delay that it has now.
//! `random_add` stays as it is, and so does what `two_rounds` gives.
//!
//! # Hints
//!
//! 1. Who waits for the lock while a call is made, and does that call need it?
//! 2. Take the lock twice: to look whether the sum is there, and to put it there. Let go of it in
//!    between.
//! 3. A guard with a name lives to the end of its block. One without a name, in the head of an
//!    `if let`, lives as long as the `if let`.
//!
//! # At first
//!
//! The proof fails with `two rounds take 15s, not 8s`.
//!
//! # Proof
//!
//! ```standalone_crate
//! use fifteen_to_eight::two_rounds;
//! use timeline::{record, seconds};
//!
//! let (result, run) = record(async { tokio::time::timeout(seconds(60), two_rounds()).await });
//! let rounds = result.expect("the rounds never end");
//! for (call, delay) in [(1, 5), (2, 8), (3, 2)] {
//!     let made = run.calls_of("random_add");
//!     let made: Vec<_> = made.filter(|made| made.id == Some(call)).collect();
//!     assert!(made.len() == 1, "call {call} is made {} times, not once", made.len());
//!     let end = made[0].start + seconds(delay);
//!     assert!(made[0].end == Some(end), "call {call} does not take {delay} s");
//!     for round in &rounds {
//!         let sum = round[call as usize - 1];
//!         assert!(sum == run.returned::<u32>(call), "{sum} is not the sum of call {call}");
//!     }
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

/// Asks an empty cache for three sums at once, and then once more.
pub async fn two_rounds() -> [[u32; 3]; 2] {
    let cache = Cache::default();
    [round(&cache).await, round(&cache).await]
}

/// Asks the cache for three sums at once.
pub async fn round(cache: &Cache) -> [u32; 3] {
    let (first, second, third) = tokio::join!(
        cache.sum(1, Duration::from_secs(5)),
        cache.sum(2, Duration::from_secs(8)),
        cache.sum(3, Duration::from_secs(2)),
    );
    [first, second, third]
}

/// Keeps the sum of each call that was made.
#[derive(Default)]
pub struct Cache {
    sums: Mutex<HashMap<u32, u32>>,
}

impl Cache {
    /// Gives the sum of a call, which is made if it has not been.
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
