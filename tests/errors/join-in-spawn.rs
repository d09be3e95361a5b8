use std::time::Duration;

use rand::RngExt;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    tokio::spawn(two_calls()).await.unwrap();
}

async fn two_calls() {
    tokio::join!(random_add(Duration::from_secs(5)), random_add(Duration::from_secs(8)));
}

async fn random_add(delay: Duration) -> u32 {
    let mut rng = rand::rng();
    sleep(delay).await;
    rng.random_range(1..=100)
}
