#[tokio::main(flavor = "current_thread")]
async fn main() {
    let numbers = vec![12, 80, 7, 41, 33];
    let task = tokio::spawn(add(&numbers));
    println!("they add up to {}", task.await.unwrap());
}

async fn add(numbers: &[u32]) -> u32 {
    numbers.iter().sum()
}
