//! `cargo run -p task-tracker`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(task_tracker::main)
}
