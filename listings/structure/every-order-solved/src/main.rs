//! `cargo run -p every-order-solved`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(every_order_solved::main)
}
