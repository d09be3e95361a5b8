//! `cargo run -p worker-forgiven-solved`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(worker_forgiven_solved::main)
}
