//! `cargo run -p who-wakes`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(who_wakes::main)
}
