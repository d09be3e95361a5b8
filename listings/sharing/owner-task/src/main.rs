//! `cargo run -p owner-task`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(owner_task::main)
}
