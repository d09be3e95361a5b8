//! `cargo run -p three-calls`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(three_calls::main)
}
