//! `cargo run -p blocking-in-join`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(blocking_in_join::main)
}
