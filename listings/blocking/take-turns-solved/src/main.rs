//! `cargo run -p take-turns-solved`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(take_turns_solved::main)
}
