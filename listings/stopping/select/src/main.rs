//! `cargo run -p select`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(select::main)
}
