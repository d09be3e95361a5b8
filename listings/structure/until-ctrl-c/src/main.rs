//! `cargo run -p until-ctrl-c`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(until_ctrl_c::main)
}
