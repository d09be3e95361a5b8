//! `cargo run -p sessions-aborted`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(sessions_aborted::main)
}
