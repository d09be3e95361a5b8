//! `cargo run -p runtime-dropped`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(runtime_dropped::main)
}
