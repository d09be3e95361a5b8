//! A plain function may call `block_on` where the thread does not poll, or has handed that over.
//!
//! ```
//! use bridges::{in_place, on_own_thread};
//! use timeline::{record_wall_as, seconds};
//!
//! let two = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
//! let runtime = two.unwrap();
//!
//! let (sum, run) = record_wall_as("own-thread", |second| runtime.block_on(on_own_thread(second)));
//! assert_eq!(sum, run.returned::<u32>(1));
//! assert_eq!(run.total(), seconds(5));
//! run.assert_recorded_as("own-thread");
//!
//! let (sum, run) = record_wall_as("in-place", |second| runtime.block_on(in_place(second)));
//! assert_eq!(sum, run.returned::<u32>(1));
//! assert_eq!(run.total(), seconds(5));
//! run.assert_recorded_as("in-place");
//! ```

use std::time::Duration;

use tokio::{
    runtime::Handle,
    task::{block_in_place, spawn_blocking},
    time::sleep,
};
use tracing::instrument;

/// The entry of the program: a second lasts a second.
#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
pub async fn main() {
    println!("on a thread of its own: {}", on_own_thread(Duration::from_secs(1)).await);
    println!("in place: {}", in_place(Duration::from_secs(1)).await);
}

/// Gives the plain function a thread that polls nothing.
pub async fn on_own_thread(second: Duration) -> u32 {
    spawn_blocking(move || plain_add(second)).await.unwrap()
}

/// Calls the plain function in a task, whose worker hands its duties over before.
pub async fn in_place(second: Duration) -> u32 {
    tokio::spawn(async move { block_in_place(|| plain_add(second)) }).await.unwrap()
}

/// A plain function that needs something async.
#[instrument(ret, skip_all)]
pub fn plain_add(second: Duration) -> u32 {
    Handle::current().block_on(random_add(1, 5 * second))
}

/// Waits for `delay`, and lets others have the thread; draws a number and returns it.
#[instrument(ret)]
pub async fn random_add(call: u32, delay: Duration) -> u32 {
    println!("call {call} starts");
    sleep(delay).await;
    rand::random_range(1..=100)
}
