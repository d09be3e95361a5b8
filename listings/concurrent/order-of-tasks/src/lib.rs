//! On one thread, tasks start in the order in which they were spawned; on three workers, in any.
//!
//! ```
//! use order_of_tasks::{one_thread, order, three_workers};
//!
//! let (one_thread, three_workers) = (one_thread(), three_workers());
//! for _ in 0..100 {
//!     assert_eq!(one_thread.block_on(order()), [1, 2, 3]);
//!     let mut order = three_workers.block_on(order());
//!     order.sort(); // every task has run once; which was first is not promised
//!     assert_eq!(order, [1, 2, 3]);
//! }
//! ```

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use tokio::{
    runtime::{Builder, Runtime},
    task::JoinSet,
};

/// Runs the program.
pub fn main() {
    println!("one thread:    {:?}", count(&one_thread()));
    println!("three workers: {:?}", count(&three_workers()));
}

/// Spawns three tasks, a thousand times: how often they ran in which order.
pub fn count(runtime: &Runtime) -> BTreeMap<Vec<u32>, u32> {
    let mut counts = BTreeMap::new();
    for _ in 0..1000 {
        *counts.entry(runtime.block_on(order())).or_default() += 1;
    }
    counts
}

/// Spawns three tasks that are ready at once, and returns the order in which they ran.
pub async fn order() -> Vec<u32> {
    let ran = Arc::new(Mutex::new(Vec::new()));
    let mut tasks = JoinSet::new();
    for task in [1, 2, 3] {
        let ran = Arc::clone(&ran);
        tasks.spawn(async move { ran.lock().unwrap().push(task) });
    }
    tasks.join_all().await;
    ran.lock().unwrap().clone()
}

/// A runtime that polls its tasks on the thread that calls `block_on`.
pub fn one_thread() -> Runtime {
    Builder::new_current_thread().build().unwrap()
}

/// A runtime that polls its tasks on three threads of its own.
pub fn three_workers() -> Runtime {
    Builder::new_multi_thread().worker_threads(3).build().unwrap()
}
