//! `cargo run -p supervisor`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(supervisor::main)
}
