//! `cargo run -p cancellation-token`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(cancellation_token::main)
}
