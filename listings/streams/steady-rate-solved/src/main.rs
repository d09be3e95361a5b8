//! `cargo run -p steady-rate-solved`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(steady_rate_solved::main)
}
