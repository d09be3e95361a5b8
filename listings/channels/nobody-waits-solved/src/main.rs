//! `cargo run -p nobody-waits-solved`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(nobody_waits_solved::main)
}
