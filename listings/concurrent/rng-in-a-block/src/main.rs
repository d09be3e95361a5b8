//! `cargo run -p rng-in-a-block`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(rng_in_a_block::main)
}
