//! An interval that was held up makes up for its missed ticks, starts again, or skips them.
//!
//! ```standalone_crate
//! use missed_ticks::six_ticks;
//! use timeline::{Run, seconds};
//! use tokio::time::MissedTickBehavior::{Burst, Delay, Skip};
//!
//! let starts = |run: &Run| -> Vec<_> { run.calls().iter().map(|tick| tick.start).collect() };
//!
//! let ((), run) = timeline::record(six_ticks(Burst));
//! assert_eq!(starts(&run), [0, 3, 11, 11, 12, 15].map(seconds)); // 6 and 9 are made up for
//! run.assert_recorded_as("burst");
//!
//! let ((), run) = timeline::record(six_ticks(Delay));
//! assert_eq!(starts(&run), [0, 3, 11, 14, 17, 20].map(seconds)); // three seconds after the last
//! run.assert_recorded_as("delay");
//!
//! let ((), run) = timeline::record(six_ticks(Skip));
//! assert_eq!(starts(&run), [0, 3, 11, 12, 15, 18].map(seconds)); // back to multiples of three
//! run.assert_recorded_as("skip");
//! ```

use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval, sleep};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    for behavior in [MissedTickBehavior::Burst, MissedTickBehavior::Delay, MissedTickBehavior::Skip]
    {
        println!("{behavior:?}:");
        six_ticks(behavior).await;
    }
}

/// Takes six ticks of an interval of three seconds.
pub async fn six_ticks(behavior: MissedTickBehavior) {
    let mut interval = interval(Duration::from_secs(3));
    interval.set_missed_tick_behavior(behavior);
    for n in 1..=6 {
        interval.tick().await;
        tick(n).await;
    }
}

/// Takes a tick, and eight seconds over the second one.
#[instrument(ret)]
pub async fn tick(n: u32) {
    println!("tick {n}");
    if n == 2 {
        sleep(Duration::from_secs(8)).await;
    }
}
