//! `cargo run -p first-error`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(first_error::main)
}
