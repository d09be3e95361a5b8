//! `cargo run -p several-workers`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(several_workers::main)
}
