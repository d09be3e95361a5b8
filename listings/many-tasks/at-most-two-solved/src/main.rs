//! `cargo run -p at-most-two-solved`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(at_most_two_solved::main)
}
