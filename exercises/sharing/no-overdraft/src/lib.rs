//! Let the account never be overdrawn, however many withdrawals are under way.
//!
//! Three withdrawals of 5 are made at once. Each looks whether there is enough, waits for a
//! confirmation, and takes the money. Change `withdraw` so that no account ends below 0, and so
//! that no withdrawal is refused for which there is enough. Each withdrawal that succeeds needs its
//! own confirmation, as long as it is now. Three withdrawals may take 8 seconds together, not 15.
//! `confirm` stays as it is, and so does what `three_withdrawals` takes and gives.
//!
//! # Hints
//!
//! 1. What may have happened to the account between the look at it and the withdrawal?
//! 2. The look and the withdrawal belong under one lock. The wait does not, or the confirmations
//!    come one after the other.
//! 3. There are two ways. Take the money before the wait, under the same lock as the look. Or look
//!    once more after the wait, and take the money under the lock of that look.
//!
//! # At first
//!
//! The proof fails with `three withdrawals of 5 from 10 leave -5`.
//!
//! # Proof
//!
//! ```standalone_crate
//! use no_overdraft::three_withdrawals;
//! use timeline::{Outcome, record, seconds};
//!
//! let withdrawals_from = |opening, expected| {
//!     let (result, run) =
//!         record(async { tokio::time::timeout(seconds(60), three_withdrawals(opening)).await });
//!     let (left, made) = result.expect("the withdrawals never end");
//!     let count = made.iter().filter(|&&made| made).count() as i32;
//!     assert!(left >= 0, "three withdrawals of 5 from {opening} leave {left}");
//!     assert!(count == expected, "{count} withdrawals from {opening} succeed, not {expected}");
//!     assert!(left == opening - 5 * count, "{count} withdrawals from {opening} leave {left}");
//!     for (call, (made, delay)) in (1..).zip(made.into_iter().zip([5, 8, 2])) {
//!         let is_confirmed = run.calls().iter().any(|confirmation| {
//!             confirmation.name == "confirm"
//!                 && confirmation.id == Some(call)
//!                 && confirmation.outcome == Outcome::Returned
//!                 && confirmation.end == Some(confirmation.start + seconds(delay))
//!         });
//!         assert!(is_confirmed || !made, "withdrawal {call} has no confirmation of {delay} s");
//!     }
//!     assert!(run.total() <= seconds(8), "three withdrawals take {:?}, not 8s", run.total());
//!     run
//! };
//!
//! let run = withdrawals_from(10, 2);
//! withdrawals_from(4, 0);
//! withdrawals_from(9, 1);
//! withdrawals_from(15, 3);
//! ```

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::time::sleep;
use tracing::instrument;

/// The entry of the program: one thread is enough.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    let (left, made) = three_withdrawals(10).await;
    println!("three withdrawals of 5 from 10: {made:?}, and {left} is left");
}

/// Makes three withdrawals from an account; gives what is left, and which of them succeeded.
pub async fn three_withdrawals(opening: i32) -> (i32, [bool; 3]) {
    let balance = Arc::new(Mutex::new(opening));
    let first = tokio::spawn(withdraw(Arc::clone(&balance), 1, Duration::from_secs(5)));
    let second = tokio::spawn(withdraw(Arc::clone(&balance), 2, Duration::from_secs(8)));
    let third = tokio::spawn(withdraw(Arc::clone(&balance), 3, Duration::from_secs(2)));
    let made = [first.await.unwrap(), second.await.unwrap(), third.await.unwrap()];
    (*balance.lock().unwrap(), made)
}

/// Withdraws 5 if there is enough, and tells whether there was.
pub async fn withdraw(balance: Arc<Mutex<i32>>, call: u32, delay: Duration) -> bool {
    if *balance.lock().unwrap() < 5 {
        return false;
    }
    confirm(call, delay).await;
    *balance.lock().unwrap() -= 5;
    true
}

/// Waits until somebody has confirmed the withdrawal.
#[instrument(ret)]
pub async fn confirm(call: u32, delay: Duration) {
    println!("call {call} asks for a confirmation");
    sleep(delay).await;
    println!("call {call} is confirmed");
}
