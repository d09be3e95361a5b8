//! `cargo run -p when-quiet-solved`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(when_quiet_solved::main)
}
