//! Outside of a runtime, tokio's `sleep` panics.
//!
//! ```
//! assert_eq!(
//!     no_reactor::one_wait(),
//!     "there is no reactor running, must be called from the context of a Tokio 1.x runtime"
//! );
//! ```

use std::{thread, time::Duration};

use futures::executor::block_on;
use tokio::time::sleep;

/// Runs the program.
pub fn main() {
    println!("the thread has panicked: {}", one_wait());
}

/// Waits on an executor that has no timers, and returns the message of the panic.
pub fn one_wait() -> String {
    let waiting = thread::spawn(|| block_on(async { sleep(Duration::from_secs(5)).await }));
    let panic = waiting.join().expect_err("tokio's timers belong to its runtime");
    *panic.downcast().expect("the message was made by `panic!`")
}
