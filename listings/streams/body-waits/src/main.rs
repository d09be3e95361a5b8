//! `cargo run -p body-waits`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(body_waits::main)
}
