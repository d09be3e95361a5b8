//! `cargo run -p fourth-call`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(fourth_call::main)
}
