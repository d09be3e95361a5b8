//! `cargo run -p as-they-come-solved`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(as_they_come_solved::main)
}
