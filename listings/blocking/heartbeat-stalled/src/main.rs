//! `cargo run -p heartbeat-stalled`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(heartbeat_stalled::main)
}
