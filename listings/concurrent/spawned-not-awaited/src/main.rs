//! `cargo run -p spawned-not-awaited`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(spawned_not_awaited::main)
}
