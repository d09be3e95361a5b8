//! `cargo run -p handle-dropped`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(handle_dropped::main)
}
