//! `cargo run -p computed-on-a-pool`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(computed_on_a_pool::main)
}
