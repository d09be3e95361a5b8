//! `cargo run -p borrow-or-share`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(borrow_or_share::main)
}
