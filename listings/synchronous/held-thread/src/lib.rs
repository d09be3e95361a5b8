//! A thread that waits uses next to no processor time, and keeps what it holds.
//!
//! ```
//! # use std::time::Duration;
//! let held = held_thread::hold(100, Duration::from_millis(500));
//!
//! assert_eq!(held.threads, 100); // one kernel thread for each that waits
//! assert!(held.waited >= 100 * Duration::from_millis(500));
//! assert!(held.busy < held.waited / 100); // the processor was needed for less than 1 %
//! # #[cfg(target_os = "linux")]
//! assert!(held.reserved >= 100 * held_thread::STACK); // and every stack stays reserved
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

/// What a number of waiting threads held, all together.
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

/// The entry of the program.
pub fn main() {
    println!("{:#?}", hold(100, Duration::from_secs(5)));
}

/// Lets `threads` threads wait for `delay`, and measures what they hold meanwhile.
#[instrument(ret)]
pub fn hold(threads: usize, delay: Duration) -> Held {
    let (threads_before, reserved_before) = measure();
    let measured = Barrier::new(threads + 1);
    thread::scope(|scope| {
        let wait = || {
            let (waited, busy) = (Instant::now(), ThreadTime::now());
            thread::sleep(delay);
            measured.wait(); // none may leave before all are counted
            (waited.elapsed(), busy.elapsed())
        };
        let waiting: Vec<_> = (0..threads)
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
