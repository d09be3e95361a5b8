//! `cargo run -p spawn-one-by-one`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(spawn_one_by_one::main)
}
