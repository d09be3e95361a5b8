//! `cargo run -p body-spawned`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(body_spawned::main)
}
