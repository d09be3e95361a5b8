//! `cargo run -p order-of-tasks`: the listing. It makes no call that would be timed.

fn main() {
    order_of_tasks::main();
}
