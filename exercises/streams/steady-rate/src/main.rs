//! `cargo run -p steady-rate`: the exercise at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(steady_rate::main)
}
