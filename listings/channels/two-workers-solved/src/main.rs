//! `cargo run -p two-workers-solved`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(two_workers_solved::main)
}
