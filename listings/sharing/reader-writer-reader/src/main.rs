//! `cargo run -p reader-writer-reader`: the listing at real speed, watched.

fn main() -> std::process::ExitCode {
    timeline::watch(reader_writer_reader::main)
}
