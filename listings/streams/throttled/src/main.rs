//! `cargo run -p throttled`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(throttled::main)
}
