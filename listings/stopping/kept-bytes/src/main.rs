//! `cargo run -p kept-bytes`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(kept_bytes::main)
}
