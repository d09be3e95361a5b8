//! `cargo run -p busy-calls`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(busy_calls::main)
}
