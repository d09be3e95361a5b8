//! `cargo run -p slow-body`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(slow_body::main)
}
