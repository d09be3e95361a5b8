//! `cargo run -p compute-once`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(compute_once::main)
}
