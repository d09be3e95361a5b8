//! `cargo run -p join-results`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(join_results::main)
}
