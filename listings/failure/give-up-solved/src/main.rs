//! `cargo run -p give-up-solved`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(give_up_solved::main)
}
