//! `cargo run -p three-threads`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(three_threads::main)
}
