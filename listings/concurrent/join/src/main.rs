//! `cargo run -p join`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(join::main)
}
