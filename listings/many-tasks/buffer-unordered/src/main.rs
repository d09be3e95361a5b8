//! `cargo run -p buffer-unordered`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(buffer_unordered::main)
}
