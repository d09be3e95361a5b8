//! `cargo run -p bridges`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(bridges::main)
}
