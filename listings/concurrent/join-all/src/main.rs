//! `cargo run -p join-all`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(join_all::main)
}
