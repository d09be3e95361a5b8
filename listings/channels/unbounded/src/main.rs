//! `cargo run -p unbounded`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(unbounded::main)
}
