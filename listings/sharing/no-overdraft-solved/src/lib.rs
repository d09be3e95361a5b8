//! Money that is taken under the lock of the look at it cannot be taken twice.
//!
//! ```standalone_crate
//! use no_overdraft_solved::three_withdrawals;
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
//! run.assert_recorded();
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
    {
        let mut balance = balance.lock().unwrap();
        if *balance < 5 {
            return false;
        }
        *balance -= 5;
    }
    confirm(call, delay).await;
    true
}

/// Waits until somebody has confirmed the withdrawal.
#[instrument(ret)]
pub async fn confirm(call: u32, delay: Duration) {
    println!("call {call} asks for a confirmation");
    sleep(delay).await;
    println!("call {call} is confirmed");
}
