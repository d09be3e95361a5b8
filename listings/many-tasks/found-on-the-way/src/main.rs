//! `cargo run -p found-on-the-way`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(found_on_the_way::main)
}
