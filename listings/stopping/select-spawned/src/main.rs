//! `cargo run -p select-spawned`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(select_spawned::main)
}
