//! `cargo run -p made-first-awaited-later`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(made_first_awaited_later::main)
}
