//! `cargo run -p no-overdraft-solved`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(no_overdraft_solved::main)
}
