//! `cargo run -p poisoned`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(poisoned::main)
}
