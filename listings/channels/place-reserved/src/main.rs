//! `cargo run -p place-reserved`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(place_reserved::main)
}
