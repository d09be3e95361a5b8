//! `cargo run -p hundred-thousand`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(hundred_thousand::main)
}
