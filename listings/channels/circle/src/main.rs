//! `cargo run -p circle`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(circle::main)
}
