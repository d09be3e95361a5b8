//! `cargo run -p timeout-blocked`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(timeout_blocked::main)
}
