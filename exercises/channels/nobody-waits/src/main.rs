//! `cargo run -p nobody-waits`: the exercise at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(nobody_waits::main)
}
