//! A total that one task owns needs no lock: the others send it what is to be added.
//!
//! ```standalone_crate
//! use timeline::seconds;
//!
//! let (total, run) = timeline::record(owner_task::three_calls());
//!
//! assert_eq!(run.total(), seconds(8)); // not 15
//! assert_eq!(run.completion_order(), [3, 1, 2]);
//! assert_eq!(run.call(2).start, seconds(0));
//! let sums = [1, 2, 3].map(|call| run.returned::<u32>(call));
//! assert_eq!(total, sums.iter().sum::<u32>());
//! run.assert_recorded();
//! ```

use std::time::Duration;

use tokio::{sync::mpsc, time::sleep};
use tracing::instrument;

/// The entry of the program: one thread is enough.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    let total = three_calls().await;
    println!("the total is {total}");
}

/// Spawns three tasks that add to one total, and a fourth that owns it.
pub async fn three_calls() -> u32 {
    let (sums, inbox) = mpsc::channel(1);
    let owner = tokio::spawn(own_total(inbox));
    tokio::spawn(send_to(sums.clone(), 1, Duration::from_secs(5)));
    tokio::spawn(send_to(sums.clone(), 2, Duration::from_secs(8)));
    tokio::spawn(send_to(sums, 3, Duration::from_secs(2)));
    owner.await.unwrap()
}

/// Adds up what is sent, until no sender is left.
pub async fn own_total(mut inbox: mpsc::Receiver<u32>) -> u32 {
    let mut total = 0;
    while let Some(sum) = inbox.recv().await {
        total += sum;
    }
    total
}

/// Sends the sum of a call to the owner of the total.
pub async fn send_to(owner: mpsc::Sender<u32>, call: u32, delay: Duration) {
    let sum = random_add(call, delay).await;
    owner.send(sum).await.unwrap();
}

/// Waits for `delay`, draws five random numbers, prints them and returns their sum.
#[instrument(ret)]
pub async fn random_add(call: u32, delay: Duration) -> u32 {
    println!("call {call} starts");
    sleep(delay).await;
    let numbers: [u32; 5] = std::array::from_fn(|_| rand::random_range(1..=100));
    let sum = numbers.iter().sum();
    println!("call {call} returns: {numbers:?} add up to {sum}");
    sum
}
