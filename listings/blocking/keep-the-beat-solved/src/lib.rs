//! A call that blocks leaves the heart alone if it has a thread of its own.
//!
//! ```standalone_crate
//! use keep_the_beat_solved::{hash_and_heartbeat, hash_password};
//! use std::time::Duration;
//! use timeline::{Call, Outcome, Run, record_wall_until, seconds};
//!
//! let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
//! let program =
//!     |second| runtime.block_on(hash_and_heartbeat("open sesame".to_owned(), second));
//!
//! let calls = |run: &Run, name| -> Vec<Call> { run.calls_of(name).cloned().collect() };
//! let is_at = |beat: &Call, due| beat.start == due && beat.end == Some(due);
//! let is_on_time = |run: &Run| {
//!     run.total() == seconds(8)
//!         && calls(run, "hash_password").iter().all(|hashing| hashing.end == Some(seconds(8)))
//!         && (0..).map(seconds).zip(calls(run, "beat")).all(|(due, beat)| is_at(&beat, due))
//! };
//! // What is done by one thread is not done at once; no other second would help.
//! let is_on_one_thread = |run: &Run| {
//!     let mut threads: Vec<_> = run.calls().iter().map(|call| call.thread).collect();
//!     threads.dedup();
//!     threads.len() == 1
//! };
//! let settled = |run: &Run| is_on_time(run) || is_on_one_thread(run);
//! let (hash, run) = record_wall_until(program, settled);
//!
//! let (hashings, beats) = (calls(&run, "hash_password"), calls(&run, "beat"));
//! assert!(hashings.len() == 1, "the password is hashed {} times, not once", hashings.len());
//! assert!(beats.len() == 6, "the heart beats {} times, not 6 times", beats.len());
//! let hashing = &hashings[0];
//! assert!(hashing.outcome == Outcome::Returned, "the password is not hashed to the end");
//! for (n, beat) in (1..).zip(&beats) {
//!     assert!(beat.nth() == Some(n), "beat {n} is missing");
//!     assert!(
//!         beat.completion_rank < hashing.completion_rank,
//!         "beat {n} comes after the password is hashed"
//!     );
//!     let due = seconds(n.into()) - seconds(1);
//!     assert!(is_at(beat, due), "beat {n} is at {:?}, not at {due:?}", beat.start);
//! }
//! let end = hashing.end.unwrap();
//! assert!(end == seconds(8), "the password is hashed at {end:?}, not at 8s");
//! let length = end - hashing.start;
//! assert!(length == seconds(8), "hashing takes {length:?}, not 8s");
//! assert!(run.total() == seconds(8), "all is done at {:?}, not at 8s", run.total());
//! let expected = hash_password("open sesame", Duration::ZERO);
//! assert!(hash == expected, "what is returned is not the hash of the password");
//! run.assert_recorded();
//! ```

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    thread,
    time::Duration,
};

use tokio::{task::spawn_blocking, time::interval};
use tracing::instrument;

/// The entry of the program: a second lasts a second.
#[tokio::main(flavor = "current_thread")]
pub async fn main() {
    let hash = hash_and_heartbeat("open sesame".to_owned(), Duration::from_secs(1)).await;
    println!("the hash is {hash:016x}");
}

/// Hashes a password, and lets a heart beat meanwhile.
pub async fn hash_and_heartbeat(password: String, second: Duration) -> u64 {
    let hashing = spawn_blocking(move || hash_password(&password, 8 * second));
    let (hash, ()) = tokio::join!(hashing, heartbeat(second));
    hash.unwrap()
}

/// Beats six times, once a second.
pub async fn heartbeat(second: Duration) {
    let mut interval = interval(second);
    for n in 1..=6 {
        interval.tick().await;
        beat(n);
    }
}

/// One beat.
#[instrument(ret)]
pub fn beat(n: u32) {
    println!("beat {n}");
}

/// Blocks its thread for `delay`, and returns a hash. A real one takes its time by computing.
#[instrument(ret, skip(password))]
pub fn hash_password(password: &str, delay: Duration) -> u64 {
    println!("the password is being hashed");
    thread::sleep(delay);
    let mut hasher = DefaultHasher::new();
    password.hash(&mut hasher);
    println!("the password is hashed");
    hasher.finish()
}
