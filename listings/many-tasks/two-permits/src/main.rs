//! `cargo run -p two-permits`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(two_permits::main)
}
