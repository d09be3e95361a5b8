//! `cargo run -p sender-kept`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(sender_kept::main)
}
