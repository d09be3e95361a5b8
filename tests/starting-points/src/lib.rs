//! The proofs of all exercises before anything was changed, as doc-tests of one crate. Each of them
//! fails, so this package is not among those that `cargo test` tests by itself:
//! `tests/exercises.rs` runs it, and looks at how they fail.
//!
//! The build script writes a module for each exercise; see `crates/proofs-build`.

include!(concat!(env!("OUT_DIR"), "/proofs.rs"));
