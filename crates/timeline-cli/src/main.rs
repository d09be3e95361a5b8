//! What can be done with recordings from the command line.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod assets;
mod draw;
mod pending;

/// Works with recorded runs: the files `timeline.toml` and `<name>.timeline.toml`.
#[derive(Parser)]
#[command(name = "timeline", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Draw(draw::Draw),
    /// Shows each run that is not the recorded one, and asks whether to accept it
    Review(pending::Folder),
    /// Makes all runs that are not the recorded ones the recorded ones
    Accept(pending::Folder),
    /// Deletes all runs that are not the recorded ones
    Reject(pending::Folder),
}

fn main() -> ExitCode {
    let Cli { command } = Cli::parse();
    let result = match command {
        Command::Draw(draw) => draw.run(),
        Command::Review(folder) => folder.review(),
        Command::Accept(folder) => folder.accept(),
        Command::Reject(folder) => folder.reject(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("timeline: {error:#}");
            ExitCode::FAILURE
        }
    }
}
