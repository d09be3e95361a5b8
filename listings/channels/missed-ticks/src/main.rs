//! `cargo run -p missed-ticks`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(missed_ticks::main)
}
