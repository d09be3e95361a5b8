//! How the time of an expansion grows with the number of listings: linearly.
fn main() {
    divan::main();
}
