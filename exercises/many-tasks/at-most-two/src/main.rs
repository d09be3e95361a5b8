//! `cargo run -p at-most-two`: the exercise at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(at_most_two::main)
}
