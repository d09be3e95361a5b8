//! `cargo run -p body-unordered`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(body_unordered::main)
}
