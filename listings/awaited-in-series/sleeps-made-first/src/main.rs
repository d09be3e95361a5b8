//! `cargo run -p sleeps-made-first`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(sleeps_made_first::main)
}
