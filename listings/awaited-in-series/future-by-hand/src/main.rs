//! `cargo run -p future-by-hand`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(future_by_hand::main)
}
