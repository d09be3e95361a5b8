//! `cargo run -p ticks`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(ticks::main)
}
