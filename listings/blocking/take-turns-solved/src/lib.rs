//! A loop that yields after each part lets another one have its turn.
//!
//! ```standalone_crate
//! let ((), run) = timeline::record(take_turns_solved::two_orders());
//!
//! let order = run.completion_order();
//! assert!(order == [1, 5, 2, 6, 3, 4], "the parts are done in the order {order:?}");
//! assert!(run.total().is_zero(), "it takes {:?}, and nothing has to wait", run.total());
//! run.assert_recorded();
//! ```

use tokio::{sync::mpsc, task::yield_now};
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
        yield_now().await;
    }
}

/// Makes one part.
#[instrument(ret)]
pub fn part(call: u32) {
    println!("part {call} is made");
}
