//! `cargo run -p blocking-queue`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(blocking_queue::main)
}
