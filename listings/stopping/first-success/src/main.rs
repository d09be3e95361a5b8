//! `cargo run -p first-success`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(first_success::main)
}
