use std::time::Duration;

use rand::RngExt;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let first = tokio::spawn(random_add(1, Duration::from_secs(5)));
    first.await.unwrap();
}

async fn random_add(call: u32, delay: Duration) -> u32 {
    let mut rng = rand::rng();
    sleep(delay).await;
    let numbers: [u32; 5] = std::array::from_fn(|_| rng.random_range(1..=100));
    let sum = numbers.iter().sum();
    println!("call {call} returns: {numbers:?} add up to {sum}");
    sum
}
