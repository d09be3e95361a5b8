//! `cargo run -p guard-in-match`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(guard_in_match::main)
}
