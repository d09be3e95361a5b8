//! `cargo run -p timer-until`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(timer_until::main)
}
