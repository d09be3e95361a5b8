//! `cargo run -p joined-in-part`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(joined_in_part::main)
}
