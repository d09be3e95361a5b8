//! A computation that is given to a pool of threads does not stop a heartbeat.
//!
//! ```standalone_crate
//! use timeline::{record_wall, seconds};
//!
//! let runtime = tokio::runtime::Runtime::new().unwrap();
//!
//! let (sum, run) =
//!     record_wall(|second| runtime.block_on(computed_on_a_pool::sum_and_heartbeat(second)));
//!
//! let beats: Vec<_> = run.calls_of("beat").map(|beat| beat.start).collect();
//! assert_eq!(beats, [0, 1, 2, 3, 4, 5].map(seconds)); // none is late
//! assert_eq!(run.call(1).end, Some(seconds(8)));
//! assert_eq!(run.total(), seconds(8));
//! assert_eq!(sum, run.returned::<u32>(1));
//! run.assert_recorded();
//! ```

use std::{
    hint,
    time::{Duration, Instant},
};

use tokio::{sync::oneshot, time::interval};
use tracing::instrument;

/// The entry of the program: a second lasts a second.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    let sum = sum_and_heartbeat(Duration::from_secs(1)).await;
    println!("the sum is {sum}");
}

/// Computes a sum, and lets a heart beat meanwhile.
pub async fn sum_and_heartbeat(second: Duration) -> u32 {
    let (sum, ()) = tokio::join!(on_pool(move || busy_add(1, 8 * second)), heartbeat(second));
    sum
}

/// Has one of rayon's threads do the work, and waits for the result.
pub async fn on_pool(work: impl FnOnce() -> u32 + Send + 'static) -> u32 {
    let (sender, receiver) = oneshot::channel();
    rayon::spawn(move || sender.send(work()).unwrap());
    receiver.await.unwrap()
}

/// Beats six times, once a second.
pub async fn heartbeat(second: Duration) {
    let mut interval = interval(second);
    for n in 1..=6 {
        interval.tick().await;
        beat(n);
    }
}

/// One beat.
#[instrument(ret)]
pub fn beat(n: u32) {
    println!("beat {n}");
}

/// Keeps its thread busy for `delay`, draws five random numbers and returns their sum.
#[instrument(ret)]
pub fn busy_add(call: u32, delay: Duration) -> u32 {
    println!("call {call} starts");
    let start = Instant::now();
    while start.elapsed() < delay {
        hint::spin_loop();
    }
    let numbers: [u32; 5] = std::array::from_fn(|_| rand::random_range(1..=100));
    let sum = numbers.iter().sum();
    println!("call {call} returns: {numbers:?} add up to {sum}");
    sum
}
