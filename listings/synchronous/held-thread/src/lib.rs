//! A thread that waits uses next to no processor time, and keeps what it holds.
//!
//! ```standalone_crate
//! use held_thread::{STACK, THREADS};
//!
//! let mut reserved = 0;
//! let ((), run) = timeline::record_wall(|second| {
//!     let held = held_thread::hold(second);
//!     assert_eq!(held.threads, THREADS); // a kernel thread for each wait
//!     assert!(held.waited >= THREADS as u32 * 5 * second);
//!     assert!(held.busy < held.waited / 100); // the processor was hardly needed
//!     reserved = reserved.max(held.reserved);
//! });
//!
//! assert_eq!(run.total(), timeline::seconds(5));
//! run.assert_recorded();
//!
//! # #[cfg(target_os = "linux")]
//! assert!(reserved >= THREADS * STACK); // every stack stays reserved
//! ```

use std::{
    sync::Barrier,
    thread,
    time::{Duration, Instant},
};

use cpu_time::ThreadTime;
use memory_stats::memory_stats;
use num_threads::num_threads;
use tracing::instrument;

/// The stack that each thread is given, in bytes: what `std` gives a thread by default.
pub const STACK: usize = 2 * 1024 * 1024;

/// How many threads wait.
pub const THREADS: usize = 100;

/// What the waiting threads held, all together.
#[derive(Debug)]
pub struct Held {
    /// How many threads the process had more than before.
    pub threads: usize,
    /// How long the threads were alive.
    pub waited: Duration,
    /// For how long of that they had a processor.
    pub busy: Duration,
    /// By how many bytes the address space grew.
    pub reserved: usize,
}

/// The entry of the program: a second lasts a second.
pub fn main() {
    println!("{:#?}", hold(Duration::from_secs(1)));
}

/// Lets all threads wait for five seconds, and measures what they hold meanwhile.
#[instrument(ret, skip_all)]
pub fn hold(second: Duration) -> Held {
    let (threads_before, reserved_before) = measure();
    let measured = Barrier::new(THREADS + 1);
    thread::scope(|scope| {
        let wait = || {
            let (waited, busy) = (Instant::now(), ThreadTime::now());
            thread::sleep(5 * second);
            measured.wait(); // none may leave before all are counted
            (waited.elapsed(), busy.elapsed())
        };
        let waiting: Vec<_> = (0..THREADS)
            .map(|_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, wait).unwrap())
            .collect();
        let (threads_now, reserved_now) = measure();
        measured.wait();
        let times = waiting.into_iter().map(|thread| thread.join().unwrap());
        let (waited, busy) = times.fold(Default::default(), |sum: (Duration, Duration), time| {
            (sum.0 + time.0, sum.1 + time.1)
        });
        Held {
            threads: threads_now - threads_before,
            waited,
            busy,
            reserved: reserved_now - reserved_before,
        }
    })
}

fn measure() -> (usize, usize) {
    (num_threads().unwrap().get(), memory_stats().unwrap().virtual_mem)
}
