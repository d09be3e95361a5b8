//! `cargo run -p random-add`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(random_add::main)
}
