//! `cargo run -p actor`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(actor::main)
}
