//! `cargo run -p retry`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(retry::main)
}
