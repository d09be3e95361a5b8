//! `cargo run -p busy-pool`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(busy_pool::main)
}
