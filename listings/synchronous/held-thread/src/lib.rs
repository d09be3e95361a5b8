//! A thread that waits uses next to no processor time, and keeps what it holds.
//!
//! ```
//! use held_thread::{STACK, THREADS, hold};
//!
//! // Once with small stacks, so that what the allocator reserves for a hundred threads is there
//! // already, and does not count as stack.
//! hold(std::time::Duration::from_millis(1), 64 * 1024);
//! let mut reserved = 0;
//! let ((), run) = timeline::record_wall(|second| {
//!     let held = hold(second, STACK);
//!     assert_eq!(held.threads, THREADS); // a kernel thread for each wait
//!     assert!(held.waited >= THREADS as u32 * 5 * second);
//!     assert!(held.busy < held.waited / 100); // the processor was hardly needed
//!     reserved = reserved.max(held.reserved);
//! });
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

/// The stack that each thread is given, in bytes. It is the size that `std` uses by default.
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
    /// By how many bytes the memory grew that the process occupies.
    pub occupied: usize,
}

/// Runs the program: a second lasts a second.
pub fn main() {
    hold(Duration::from_millis(1), 64 * 1024); // what the allocator needs for threads is not counted
    let Held { threads, waited, busy, reserved, occupied } = hold(Duration::from_secs(1), STACK);
    println!("{threads} threads waited for {waited:.0?} all together, and computed for {busy:.0?}");
    println!("address space reserved for each of them: {} KiB", reserved / THREADS / 1024);
    println!("memory for each of them: {} bytes", occupied / THREADS);
}

/// Lets all threads wait for five seconds, and measures what they hold meanwhile.
#[instrument(ret, skip_all)]
pub fn hold(second: Duration, stack: usize) -> Held {
    let before = memory_stats().unwrap();
    let threads_before = num_threads().unwrap().get();
    let measured = Barrier::new(THREADS + 1); // the threads, and this one
    thread::scope(|scope| {
        let wait = || {
            let (waited, busy) = (Instant::now(), ThreadTime::now());
            thread::sleep(5 * second);
            measured.wait(); // none may leave before all are counted
            (waited.elapsed(), busy.elapsed())
        };
        let threads: Vec<_> = (0..THREADS)
            .map(|_| thread::Builder::new().stack_size(stack).spawn_scoped(scope, wait).unwrap())
            .collect();
        thread::sleep(second); // until all of them wait
        let now = memory_stats().unwrap();
        let mut held = Held {
            threads: num_threads().unwrap().get() - threads_before,
            waited: Duration::ZERO,
            busy: Duration::ZERO,
            reserved: now.virtual_mem.saturating_sub(before.virtual_mem),
            occupied: now.physical_mem.saturating_sub(before.physical_mem),
        };
        measured.wait();
        for thread in threads {
            let (waited, busy) = thread.join().unwrap();
            held.waited += waited;
            held.busy += busy;
        }
        held
    })
}
