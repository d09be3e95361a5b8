//! `cargo run -p heartbeat-kept`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(heartbeat_kept::main)
}
