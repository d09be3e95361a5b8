//! `cargo run -p spawned-starts-later`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(spawned_starts_later::main)
}
