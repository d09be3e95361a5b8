//! `cargo run -p rng-across-await`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(rng_across_await::main)
}
