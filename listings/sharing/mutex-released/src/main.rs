//! `cargo run -p mutex-released`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(mutex_released::main)
}
