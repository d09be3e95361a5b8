//! `cargo run -p forgotten-await`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(forgotten_await::main)
}
