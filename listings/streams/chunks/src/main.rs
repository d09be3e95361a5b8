//! `cargo run -p chunks`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(chunks::main)
}
