//! `cargo run -p false-timeout`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(false_timeout::main)
}
