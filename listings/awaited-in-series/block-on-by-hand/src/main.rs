//! `cargo run -p block-on-by-hand`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(block_on_by_hand::main)
}
