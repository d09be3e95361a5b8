//! `cargo run -p forgotten-sleep`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(forgotten_sleep::main)
}
