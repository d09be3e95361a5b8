//! `cargo run -p grace-period`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(grace_period::main)
}
