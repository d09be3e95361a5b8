//! `cargo run -p first-answer-solved`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(first_answer_solved::main)
}
