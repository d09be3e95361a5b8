//! `cargo run -p block-in-place`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(block_in_place::main)
}
