//! Let an urgent order be served while a long one is worked off.
//!
//! Two orders are worked off in one task: a long one of four parts, calls 1 to 4, and an urgent one
//! of two parts, calls 5 and 6. The parts of both are there already, so nothing ever waits. Change
//! `work_off`, so that the two orders take turns: 1, 5, 2, 6, and then what is left. `part` and
//! `two_orders` stay as they are.
//!
//! # Hints
//!
//! 1. Does the `.await` in `work_off` ever hand back the thread?
//! 2. A channel that has a message for you is ready. So is the next message, and the next.
//! 3. What is pending the first time it is asked, and ready the second time?
//!
//! # At first
//!
//! The proof fails with `the parts are done in the order [1, 2, 3, 4, 5, 6]`.
//!
//! # Proof
//!
//! ```standalone_crate
//! let ((), run) = timeline::record(take_turns::two_orders());
//!
//! let order = run.completion_order();
//! assert!(order == [1, 5, 2, 6, 3, 4], "the parts are done in the order {order:?}");
//! assert!(run.total().is_zero(), "it takes {:?}, and nothing has to wait", run.total());
//! ```

use tokio::sync::mpsc;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    two_orders().await;
}

/// Works off two orders together, beginning with the long one.
pub async fn two_orders() {
    tokio::join!(biased; work_off(parts([1, 2, 3, 4])), work_off(parts([5, 6])));
}

/// The parts of an order, all of them there already.
pub fn parts(calls: impl IntoIterator<Item = u32>) -> mpsc::UnboundedReceiver<u32> {
    let (sender, receiver) = mpsc::unbounded_channel();
    for call in calls {
        sender.send(call).unwrap();
    }
    receiver
}

/// Works off an order, part by part.
pub async fn work_off(mut order: mpsc::UnboundedReceiver<u32>) {
    while let Some(call) = order.recv().await {
        part(call);
    }
}

/// Makes one part.
#[instrument(ret)]
pub fn part(call: u32) {
    println!("part {call} is made");
}
