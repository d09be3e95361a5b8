//! `cargo run -p keep-the-beat-solved`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(keep_the_beat_solved::main)
}
