//! `cargo run -p runtime-dropped-inside`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(runtime_dropped_inside::main)
}
