//! `cargo run -p no-overdraft`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(no_overdraft::main)
}
