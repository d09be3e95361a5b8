//! `cargo run -p receiver-gone`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(receiver_gone::main)
}
