//! `cargo run -p await-without-yield`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(await_without_yield::main)
}
