//! `cargo run -p buffered`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(buffered::main)
}
