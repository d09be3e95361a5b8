//! `cargo run -p every-failure-solved`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(every_failure_solved::main)
}
