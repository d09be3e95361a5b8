//! Maintenance of the book: `cargo xtask help`.

mod listing;
mod mutate;
mod new;
#[cfg(test)]
mod readme;

use std::{
    env,
    path::PathBuf,
    process::ExitCode,
    sync::atomic::{AtomicBool, Ordering},
};

use anyhow::{Context, Result};
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
    /// Make a listing to begin with.
    New {
        /// The chapter, as its file in `src` is called.
        chapter: String,
        /// The name: lower-case words with `-` between them.
        name: String,
    },
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Mutate { list, listings } => mutate(&listings, list),
        Command::New { chapter, name } => new(&chapter, &name).map(|()| true),
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

fn mutate(listings: &[String], only_list: bool) -> Result<bool> {
    // Each proof is in a process group of its own, which hears nothing of Ctrl+C.
    static STOP: AtomicBool = AtomicBool::new(false);
    ctrlc::set_handler(|| STOP.store(true, Ordering::Relaxed)).context("cannot handle Ctrl+C")?;
    mutate::run(&root(), listings, only_list, &STOP)
}

fn new(chapter: &str, name: &str) -> Result<()> {
    let root = root();
    new::make(&root, chapter, name)?;
    new::list(&root)?;
    new::print_next_steps(chapter, name);
    Ok(())
}

/// The root of the workspace: that from which cargo runs this, if it does.
fn root() -> PathBuf {
    let package = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    package.parent().expect("this package is a folder of the workspace").to_owned()
}
