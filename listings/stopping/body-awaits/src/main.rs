//! `cargo run -p body-awaits`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(body_awaits::main)
}
