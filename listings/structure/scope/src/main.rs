//! `cargo run -p scope`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(scope::main)
}
