//! `cargo run -p every-failure`: the exercise at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(every_failure::main)
}
