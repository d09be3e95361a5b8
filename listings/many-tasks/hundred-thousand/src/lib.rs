//! A hundred thousand calls together take as long as the slowest, and less than 2 KiB each.
//!
//! ```standalone_crate
//! use hundred_thousand::{TASKS, many_calls};
//! use timeline::seconds;
//!
//! let (cost, run) = timeline::record(many_calls(TASKS));
//!
//! assert_eq!(run.total(), seconds(8));
//! assert_eq!(cost.calls, 100_000);
//! assert_eq!(cost.waited, seconds(500_000)); // what they would take in series
//! assert!((1..TASKS * 2 * 1024).contains(&cost.memory)); // the stack of a thread is 2 MiB
//! run.assert_recorded();
//! ```

use std::{
    env::consts::{ARCH, OS},
    thread::available_parallelism,
    time::Duration,
};

use memory_stats::memory_stats;
use tokio::{
    task::JoinSet,
    time::{Instant, sleep},
};
use tracing::instrument;

/// How many tasks wait.
pub const TASKS: usize = 100_000;

/// What a number of calls cost.
#[derive(Debug)]
pub struct Cost {
    /// How many calls returned.
    pub calls: usize,
    /// How long they waited, all together.
    pub waited: Duration,
    /// By how many bytes the memory of the process had grown while all of them waited.
    pub memory: usize,
}

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    let start = Instant::now();
    let Cost { calls, waited, memory } = many_calls(TASKS).await;
    println!("{calls} calls waited for {waited:.0?} all together, in {:.2?}", start.elapsed());
    println!("memory for each of them: {} bytes", memory / TASKS);
    let build = if cfg!(debug_assertions) { "debug" } else { "release" };
    println!("{build} build, {OS} on {ARCH}, {} processors", available_parallelism().unwrap());
}

/// Spawns `count` tasks, looks at the memory while all of them wait, and collects what they return.
#[instrument(ret)]
pub async fn many_calls(count: usize) -> Cost {
    let before = memory();
    let mut tasks = JoinSet::new();
    for delay in [5, 8, 2].map(Duration::from_secs).into_iter().cycle().take(count) {
        tasks.spawn(wait(delay));
    }
    sleep(Duration::from_secs(1)).await;
    let memory = memory().saturating_sub(before);
    // A task of its own, so that it is not this call that is polled for each of them.
    let waited = tokio::spawn(tasks.join_all()).await.unwrap();
    Cost { calls: waited.len(), waited: waited.iter().sum(), memory }
}

/// Waits for `delay`, and returns how long that was.
pub async fn wait(delay: Duration) -> Duration {
    let start = Instant::now();
    sleep(delay).await;
    start.elapsed()
}

/// How many bytes of the machine's memory the process occupies.
fn memory() -> usize {
    memory_stats().unwrap().physical_mem
}
