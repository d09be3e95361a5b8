//! `cargo run -p until-six`: the exercise at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(until_six::main)
}
