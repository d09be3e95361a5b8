//! `cargo run -p lost-message`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(lost_message::main)
}
