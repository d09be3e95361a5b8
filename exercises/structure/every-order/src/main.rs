//! `cargo run -p every-order`: the exercise at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(every_order::main)
}
