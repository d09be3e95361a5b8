//! `cargo run -p goodbye-in-drop`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(goodbye_in_drop::main)
}
