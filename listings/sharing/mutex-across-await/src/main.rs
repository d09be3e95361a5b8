//! `cargo run -p mutex-across-await`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(mutex_across_await::main)
}
