//! `cargo run -p guard-in-old-if-let`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(guard_in_old_if_let::main)
}
