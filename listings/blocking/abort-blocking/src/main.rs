//! `cargo run -p abort-blocking`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(abort_blocking::main)
}
