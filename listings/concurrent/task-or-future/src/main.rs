//! `cargo run -p task-or-future`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(task_or_future::main)
}
