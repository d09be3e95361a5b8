//! A receiver that is closed before it is emptied accepts nothing new, and loses nothing old.
//!
//! ```
//! use every_order_solved::five_orders;
//! use timeline::{record, seconds};
//!
//! let (refused, run) = record(five_orders());
//! for (n, start) in (1..).zip([0, 2, 4, 6].map(seconds)) {
//!     let order = run.calls_of("handle").find(|order| order.nth() == Some(n));
//!     let Some(order) = order else { panic!("order {n} is not served") };
//!     let at = order.start;
//!     assert!(at == start, "order {n} is served from {at:?} on, not from {start:?} on");
//!     assert!(order.outcome.is_completed(), "order {n} is {}", order.outcome);
//! }
//! assert!(refused, "order 5 is accepted, although the server is to stop");
//! assert!(run.total() == seconds(8), "the program ends at {:?}, not at 8s", run.total());
//! run.assert_recorded();
//! ```

use std::time::Duration;

use tokio::{sync::mpsc, time::sleep};
use tokio_util::sync::CancellationToken;
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    println!("order 5 is refused: {}", five_orders().await);
}

/// Places four orders, asks the server to stop after three seconds, and tries a fifth order two
/// seconds later. Says whether that was refused.
pub async fn five_orders() -> bool {
    let (sender, orders) = mpsc::channel(10);
    let stop = CancellationToken::new();
    let server = tokio::spawn(serve(orders, stop.clone()));
    for n in 1..=4 {
        place(n, sender.clone()).await;
    }
    sleep(Duration::from_secs(3)).await;
    ask_to_stop(&stop);
    sleep(Duration::from_secs(2)).await;
    let accepted = place(5, sender).await;
    server.await.unwrap();
    !accepted
}

/// Places an order. Says whether it was accepted.
#[instrument(ret, skip(sender))]
pub async fn place(n: u32, sender: mpsc::Sender<u32>) -> bool {
    sender.send(n).await.is_ok()
}

/// Asks the server to stop.
#[instrument(ret, skip_all)]
pub fn ask_to_stop(stop: &CancellationToken) {
    println!("the server is to stop");
    stop.cancel();
}

/// Serves orders until it is asked to stop, or until there are no more; then those that it has
/// accepted.
pub async fn serve(mut orders: mpsc::Receiver<u32>, stop: CancellationToken) {
    while let Some(Some(n)) = stop.run_until_cancelled(orders.recv()).await {
        handle(n).await;
    }
    orders.close();
    while let Some(n) = orders.recv().await {
        handle(n).await;
    }
}

/// Serves an order, which takes two seconds.
#[instrument(ret)]
pub async fn handle(n: u32) {
    println!("order {n} is taken up");
    sleep(Duration::from_secs(2)).await;
    println!("order {n} is served");
}
