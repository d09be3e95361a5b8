//! `cargo run -p panicked-task`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(panicked_task::main)
}
