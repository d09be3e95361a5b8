//! `cargo run -p no-reactor`: the listing. It makes no call that would be timed.

fn main() {
    no_reactor::main();
}
