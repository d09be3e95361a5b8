//! `cargo run -p lost-update`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(lost_update::main)
}
