//! `random_add` written by hand, as an `enum` with a `poll`, has the timeline of the `async fn`.
//!
//! ```
//! use future_by_hand::{joined, three_calls};
//! use timeline::seconds;
//!
//! let ((), run) = timeline::record(three_calls());
//! assert_eq!(run.total(), seconds(5 + 8 + 2));
//! assert_eq!(run.poll_counts(), [2, 2, 2]); // once to start, once when the timer has run out
//! run.assert_recorded();
//!
//! let ((), run) = timeline::record(joined());
//! assert_eq!(run.total(), seconds(8));
//! assert_eq!(run.poll_counts(), [3, 4, 2]); // what `join!` does with the `async fn`
//! run.assert_recorded_as("joined");
//! ```

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::time::{Sleep, sleep};
use tracing::instrument;

/// Runs the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    three_calls().await;
}

/// Makes three calls and awaits each before the next.
pub async fn three_calls() {
    random_add(1, Duration::from_secs(5)).await;
    random_add(2, Duration::from_secs(8)).await;
    random_add(3, Duration::from_secs(2)).await;
}

/// Makes the same three calls and awaits them together.
pub async fn joined() {
    tokio::join!(
        random_add(1, Duration::from_secs(5)),
        random_add(2, Duration::from_secs(8)),
        random_add(3, Duration::from_secs(2)),
    );
}

/// Makes the future and awaits it. All that this adds is `instrument`, by which the call is timed.
#[instrument(ret)]
pub async fn random_add(call: u32, delay: Duration) -> u32 {
    RandomAdd::Unstarted { call, delay }.await
}

/// The future of `random_add`: how far the function has got, and what it needs from there on.
pub enum RandomAdd {
    /// Before its first line.
    Unstarted {
        /// The first argument.
        call: u32,
        /// The second argument.
        delay: Duration,
    },
    /// At its `.await`.
    Waiting {
        /// Still needed after the wait.
        call: u32,
        /// What it waits for.
        sleep: Pin<Box<Sleep>>,
    },
    /// At its end.
    Done,
}

impl Future for RandomAdd {
    type Output = u32;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<u32> {
        if let RandomAdd::Unstarted { call, delay } = *self {
            println!("call {call} starts");
            *self = RandomAdd::Waiting { call, sleep: Box::pin(sleep(delay)) };
        }
        let RandomAdd::Waiting { call, sleep } = &mut *self else {
            panic!("polled after it was ready");
        };
        ready!(sleep.as_mut().poll(context)); // returns here if the timer is pending
        let numbers: [u32; 5] = std::array::from_fn(|_| rand::random_range(1..=100));
        let sum = numbers.iter().sum();
        println!("call {call} returns: {numbers:?} add up to {sum}");
        *self = RandomAdd::Done;
        Poll::Ready(sum)
    }
}
