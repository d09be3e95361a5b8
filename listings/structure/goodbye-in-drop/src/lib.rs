//! A task that a destructor spawns at the end of the program never says its goodbye.
//!
//! ```
//! use timeline::seconds;
//!
//! let (_, run) = timeline::record(goodbye_in_drop::one_session());
//!
//! assert_eq!(run.total(), seconds(3)); // not 4
//! assert_eq!(run.call(1).end, Some(seconds(3)));
//! assert_eq!(run.calls_of("say_goodbye").count(), 0); // not even polled
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

/// Opens a session and makes a call in it.
pub async fn one_session() -> u32 {
    let _session = Session;
    random_add(1, Duration::from_secs(3)).await
}

/// A session. The other side is to be told when it ends.
pub struct Session;

impl Drop for Session {
    fn drop(&mut self) {
        println!("the session is dropped");
        tokio::spawn(say_goodbye());
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
