//! `cargo run -p half-done`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(half_done::main)
}
