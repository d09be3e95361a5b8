//! `cargo run -p block-on`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(block_on::main)
}
