use std::time::Duration;

use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut deadline = sleep(Duration::from_secs(5));
    (&mut deadline).await;
}
