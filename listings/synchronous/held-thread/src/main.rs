//! `cargo run -p held-thread`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(held_thread::main)
}
