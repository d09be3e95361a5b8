//! `cargo run -p permit-dropped`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(permit_dropped::main)
}
