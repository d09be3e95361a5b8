//! `cargo run -p give-up`: the exercise at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(give_up::main)
}
