//! `cargo run -p bounded`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(bounded::main)
}
