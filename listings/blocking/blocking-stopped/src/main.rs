//! `cargo run -p blocking-stopped`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(blocking_stopped::main)
}
