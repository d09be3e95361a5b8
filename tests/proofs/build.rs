//! Merges the proofs of all listings.

fn main() -> std::process::ExitCode {
    proofs_build::build_script("listings")
}
