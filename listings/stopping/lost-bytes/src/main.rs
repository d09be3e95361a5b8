//! `cargo run -p lost-bytes`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(lost_bytes::main)
}
