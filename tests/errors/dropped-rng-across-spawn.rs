use std::time::Duration;

use rand::RngExt;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    tokio::spawn(random_add(Duration::from_secs(5))).await.unwrap();
}

async fn random_add(delay: Duration) -> u32 {
    let mut rng = rand::rng();
    let numbers: [u32; 5] = std::array::from_fn(|_| rng.random_range(1..=100));
    drop(rng);
    sleep(delay).await;
    numbers.iter().sum()
}
