//! `cargo run -p switched-off`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(switched_off::main)
}
