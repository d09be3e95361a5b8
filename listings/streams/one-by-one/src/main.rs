//! `cargo run -p one-by-one`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(one_by_one::main)
}
