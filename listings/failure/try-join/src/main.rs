//! `cargo run -p try-join`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(try_join::main)
}
