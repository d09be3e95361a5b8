//! `cargo run -p goodbye-awaited`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(goodbye_awaited::main)
}
