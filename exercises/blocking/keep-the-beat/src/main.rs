//! `cargo run -p keep-the-beat`: the exercise at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(keep_the_beat::main)
}
