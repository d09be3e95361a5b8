//! `cargo run -p take-turns`: the exercise at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(take_turns::main)
}
