//! A read that is dropped half-way loses nothing if the bytes are kept outside of it.
//!
//! ```standalone_crate
//! use timeline::{Outcome, seconds};
//!
//! let (messages, run) = timeline::record(kept_bytes::messages());
//!
//! assert_eq!(messages, ["asyn", "rust"]);
//! assert_eq!(run.total(), seconds(4 + 1 + 4));
//! let reads: Vec<_> = run.calls_of("read").collect();
//! assert_eq!(reads[0].outcome, Outcome::Dropped); // and `as` is kept
//! assert_eq!(reads[0].end, Some(seconds(3)));
//! assert_eq!(reads[1].value.as_deref(), Some("\"asyn\""));
//! assert_eq!(reads[1].end, Some(seconds(4)));
//! assert_eq!(reads.last().unwrap().outcome, Outcome::Failed); // no byte, and the end
//! run.assert_recorded();
//! ```

use std::{io, mem, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex},
    time::{sleep, timeout},
};
use tracing::instrument;

/// The entry of the program.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    println!("received: {:?}", messages().await);
}

/// Sends two messages of four bytes and tries to receive them, three seconds at a time.
pub async fn messages() -> Vec<String> {
    let (writer, mut reader) = duplex(64);
    tokio::spawn(send(writer));
    let mut messages = Vec::new();
    let mut message = Vec::new();
    for n in 1.. {
        match timeout(Duration::from_secs(3), read(n, &mut reader, &mut message)).await {
            Ok(Ok(message)) => messages.push(message),
            Ok(Err(_)) => break,
            Err(_) => println!("nothing yet"),
        }
    }
    messages
}

/// Reads what is missing of one message, byte by byte.
#[instrument(ret, err, skip(reader, message))]
pub async fn read(n: u32, reader: &mut DuplexStream, message: &mut Vec<u8>) -> io::Result<String> {
    while message.len() < 4 {
        message.push(reader.read_u8().await?);
    }
    Ok(String::from_utf8_lossy(&mem::take(message)).into_owned())
}

/// Sends `asyn` and `rust`, each in two halves.
pub async fn send(mut writer: DuplexStream) {
    write(1, Duration::from_secs(0), "as", &mut writer).await;
    write(2, Duration::from_secs(4), "yn", &mut writer).await;
    write(3, Duration::from_secs(1), "ru", &mut writer).await;
    write(4, Duration::from_secs(4), "st", &mut writer).await;
}

/// Waits for `delay` and writes `bytes`.
#[instrument(ret, skip(delay, writer))]
pub async fn write(n: u32, delay: Duration, bytes: &str, writer: &mut DuplexStream) {
    sleep(delay).await;
    writer.write_all(bytes.as_bytes()).await.unwrap();
}
