//! `cargo run -p notify-lost`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(notify_lost::main)
}
