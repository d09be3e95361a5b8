//! `cargo run -p timer-pinned`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(timer_pinned::main)
}
