//! `cargo run -p kept-message`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(kept_message::main)
}
