//! `cargo run -p join-set-dropped`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(join_set_dropped::main)
}
