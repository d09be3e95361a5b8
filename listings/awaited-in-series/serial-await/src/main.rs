//! `cargo run -p serial-await`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(serial_await::main)
}
