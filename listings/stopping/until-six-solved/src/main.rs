//! `cargo run -p until-six-solved`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(until_six_solved::main)
}
