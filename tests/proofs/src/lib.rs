//! The proofs of all listings, as doc-tests of one crate: `cargo test` compiles them together.
//!
//! The build script writes a module for each listing; see `crates/proofs-build`.

include!(concat!(env!("OUT_DIR"), "/proofs.rs"));
