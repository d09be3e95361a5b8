//! A session that is closed by a method that is awaited says its goodbye.
//!
//! ```
//! use timeline::{Outcome, seconds};
//!
//! let (_, run) = timeline::record(goodbye_awaited::one_session());
//!
//! assert_eq!(run.total(), seconds(4));
//! let goodbye = run.calls_of("say_goodbye").next().unwrap();
//! assert_eq!(goodbye.start, seconds(3));
//! assert_eq!((goodbye.end, goodbye.outcome), (Some(seconds(4)), Outcome::Returned));
//! run.assert_recorded();
//! ```

use std::time::Duration;

use tokio::time::sleep;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    one_session().await;
}

/// Opens a session, makes a call in it, and closes it.
pub async fn one_session() -> u32 {
    let session = Session;
    let sum = random_add(1, Duration::from_secs(3)).await;
    session.close().await;
    sum
}

/// A session. The other side is to be told when it ends.
pub struct Session;

impl Session {
    /// Ends the session.
    pub async fn close(self) {
        println!("the session is closed");
        say_goodbye().await;
    }
}

/// Tells the other side that the session has ended, which takes a second.
#[instrument(ret)]
pub async fn say_goodbye() {
    println!("saying goodbye");
    sleep(Duration::from_secs(1)).await;
    println!("the other side knows");
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
