//! `cargo run -p busy-workers`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(busy_workers::main)
}
