//! `cargo run -p timer-recreated`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(timer_recreated::main)
}
