//! `cargo run -p two-workers`: the exercise at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(two_workers::main)
}
