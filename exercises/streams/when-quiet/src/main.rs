//! `cargo run -p when-quiet`: the exercise at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(when_quiet::main)
}
