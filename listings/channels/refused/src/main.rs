//! `cargo run -p refused`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(refused::main)
}
