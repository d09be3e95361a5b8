//! `cargo run -p abort`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(abort::main)
}
