use futures::{StreamExt as _, stream};
use tokio_stream::StreamExt as _;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut items = stream::iter([1, 2, 3]);
    while let Some(item) = items.next().await {
        println!("{item}");
    }
}
