//! Maintenance of the book: `cargo xtask help`.

mod listing;
mod mutate;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Parser, Subcommand};

/// Maintenance of the book.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Change listings on purpose, one small change at a time, and expect their proofs to fail.
    Mutate {
        /// Only say what would be changed.
        #[arg(long)]
        list: bool,
        /// The listings to change; without names, all of them.
        listings: Vec<String>,
    },
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Mutate { list, listings } => mutate::run(&root(), &listings, list),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The root of the workspace.
fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().expect("this package is a folder of the workspace").to_owned()
}
