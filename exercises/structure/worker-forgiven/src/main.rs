//! `cargo run -p worker-forgiven`: the exercise at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(worker_forgiven::main)
}
