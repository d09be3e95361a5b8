//! `cargo run -p generated`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(generated::main)
}
