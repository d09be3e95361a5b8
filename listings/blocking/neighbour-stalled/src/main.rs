//! `cargo run -p neighbour-stalled`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(neighbour_stalled::main)
}
