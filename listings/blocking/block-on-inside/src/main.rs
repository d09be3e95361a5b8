//! `cargo run -p block-on-inside`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(block_on_inside::main)
}
