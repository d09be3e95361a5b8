//! `cargo run -p join-set`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(join_set::main)
}
