#[tokio::main(flavor = "current_thread")]
async fn main() {
    let numbers = vec![12, 80, 7, 41, 33];
    let task = tokio::spawn(async { numbers.iter().sum::<u32>() });
    println!("they add up to {}", task.await.unwrap());
}
