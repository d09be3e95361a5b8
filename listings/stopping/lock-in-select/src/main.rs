//! `cargo run -p lock-in-select`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(lock_in_select::main)
}
