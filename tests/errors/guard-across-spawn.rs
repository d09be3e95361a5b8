use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let total = Arc::new(Mutex::new(0));
    let first = tokio::spawn(add_to(Arc::clone(&total), 1, Duration::from_secs(5)));
    first.await.unwrap();
}

async fn add_to(total: Arc<Mutex<u32>>, call: u32, delay: Duration) {
    let mut total = total.lock().unwrap();
    *total += random_add(call, delay).await;
}

async fn random_add(call: u32, delay: Duration) -> u32 {
    sleep(delay).await;
    let numbers: [u32; 5] = std::array::from_fn(|_| rand::random_range(1..=100));
    let sum = numbers.iter().sum();
    println!("call {call} returns: {numbers:?} add up to {sum}");
    sum
}
