//! `cargo run -p timeout`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(timeout::main)
}
