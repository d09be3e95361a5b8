//! `cargo run -p body-moved-in`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(body_moved_in::main)
}
