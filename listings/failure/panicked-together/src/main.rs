//! `cargo run -p panicked-together`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(panicked_together::main)
}
