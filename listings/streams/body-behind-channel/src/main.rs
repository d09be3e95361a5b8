//! `cargo run -p body-behind-channel`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(body_behind_channel::main)
}
