//! `cargo run -p spawn-three`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(spawn_three::main)
}
