//! `cargo run -p broadcast-lagged`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(broadcast_lagged::main)
}
