//! A call that blocks stops the heart: no beat comes before it returns.
//!
//! ```
//! use timeline::{record_wall, seconds};
//!
//! let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
//!
//! let ((), run) =
//!     record_wall(|second| runtime.block_on(heartbeat_stalled::call_and_beats(second)));
//!
//! let beats: Vec<_> = run.calls_of("beat").map(|beat| beat.start).collect();
//! assert_eq!(beats, [0, 5, 5, 5, 5].map(seconds));
//! assert_eq!(run.total(), seconds(5));
//! run.assert_recorded();
//! ```

use std::{thread::sleep, time::Duration};

use tokio::time::{Instant, interval_at};
use tracing::instrument;

/// The entry of the program: a second lasts a second.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    call_and_beats(Duration::from_secs(1)).await;
}

/// Makes a call of five seconds next to a heart that beats every second.
pub async fn call_and_beats(second: Duration) {
    let call = async { blocking_add(1, 5 * second) };
    let ((), sum) = tokio::join!(five_beats(second), call);
    println!("the sum: {sum}");
}

/// Beats five times, once a second, the first time at once.
pub async fn five_beats(second: Duration) {
    let mut seconds = interval_at(Instant::now() + second, second);
    beat(1);
    for n in 2..=5 {
        seconds.tick().await;
        beat(n);
    }
}

/// Beats.
#[instrument(ret)]
pub fn beat(n: u32) {
    println!("beat {n}");
}

/// Blocks its thread for `delay`, draws five random numbers and returns their sum.
#[instrument(ret)]
pub fn blocking_add(call: u32, delay: Duration) -> u32 {
    println!("call {call} starts");
    sleep(delay);
    let numbers: [u32; 5] = std::array::from_fn(|_| rand::random_range(1..=100));
    let sum = numbers.iter().sum();
    println!("call {call} returns: {numbers:?} add up to {sum}");
    sum
}
