//! `cargo run -p fifteen-to-eight-solved`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(fifteen_to_eight_solved::main)
}
