use std::time::Duration;

use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let _session = Session;
}

struct Session;

impl Drop for Session {
    fn drop(&mut self) {
        say_goodbye().await;
    }
}

async fn say_goodbye() {
    sleep(Duration::from_secs(1)).await;
    println!("the other side knows");
}
