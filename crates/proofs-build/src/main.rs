//! `cargo run -p proofs-build`: lists every listing and every exercise in the manifests of the
//! packages that merge their proofs.

use std::{path::Path, process::ExitCode};

fn main() -> ExitCode {
    match proofs_build::update(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")) {
        Ok(packages) => {
            for (package, changed) in packages {
                let what = if changed { "written anew" } else { "complete" };
                println!("{package}/Cargo.toml: {what}");
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
