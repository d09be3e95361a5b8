#![deny(unused_must_use)]

use std::time::Duration;

use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    random_add(1, Duration::from_secs(5));
}

async fn random_add(call: u32, delay: Duration) -> u32 {
    sleep(delay);
    let numbers: [u32; 5] = std::array::from_fn(|_| rand::random_range(1..=100));
    let sum = numbers.iter().sum();
    println!("call {call} returns: {numbers:?} add up to {sum}");
    sum
}
