//! `cargo run -p as-they-come`: the exercise at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(as_they_come::main)
}
