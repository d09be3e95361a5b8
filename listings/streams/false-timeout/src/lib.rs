//! A deadline in a stream runs on while the body of the loop waits, and the call does not.
//!
//! ```
//! use timeline::{Outcome, seconds};
//!
//! let (results, run) = timeline::record(false_timeout::two_calls());
//!
//! assert_eq!(results, [true, false]);
//! assert_eq!([1, 2].map(|call| run.call(call).end), [1, 11].map(|n| Some(seconds(n))));
//! let steps: Vec<_> = run.calls_of("step").map(|step| (step.start, step.outcome)).collect();
//! let [zero, eleven] = [0, 11].map(seconds);
//! assert_eq!(steps, [
//!     (zero, Outcome::Returned),
//!     (zero, Outcome::Returned),
//!     (eleven, Outcome::Dropped), // the second of three
//! ]);
//! run.assert_recorded();
//! ```

use std::time::Duration;

use futures::{StreamExt, stream};
use tokio::time::{sleep, timeout};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    println!("in time: {:?}", two_calls().await);
}

/// Makes two calls at once, each with a deadline of four seconds, and takes ten seconds over each
/// result. Says which of them were in time.
pub async fn two_calls() -> Vec<bool> {
    let deadline = Duration::from_secs(4);
    let calls = stream::iter([(1, 1), (2, 3)]).map(|(call, count)| steps(call, count, deadline));
    let mut results = calls.buffered(2);
    let mut in_time = Vec::new();
    while let Some(result) = results.next().await {
        println!("in time: {result}");
        in_time.push(result);
        sleep(Duration::from_secs(10)).await;
    }
    in_time
}

/// Takes `count` steps of a second each. Says whether that was done within `deadline`.
#[instrument(ret)]
pub async fn steps(call: u32, count: u32, deadline: Duration) -> bool {
    let all = async {
        for _ in 0..count {
            step().await;
        }
    };
    timeout(deadline, all).await.is_ok()
}

/// Takes a step.
#[instrument(ret)]
pub async fn step() {
    sleep(Duration::from_secs(1)).await;
}
