//! `cargo run -p try-join-tasks`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(try_join_tasks::main)
}
