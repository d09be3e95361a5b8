//! `cargo run -p first-answer`: the exercise at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(first_answer::main)
}
