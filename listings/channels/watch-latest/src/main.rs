//! `cargo run -p watch-latest`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(watch_latest::main)
}
