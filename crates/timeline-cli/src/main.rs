//! What can be done with recordings from the command line.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod assets;
mod draw;

/// Works with recorded runs: the files `timeline.toml` and `<name>.timeline.toml`.
#[derive(Parser)]
#[command(name = "timeline", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// What can be done: a module each.
#[derive(Subcommand)]
enum Command {
    Draw(draw::Draw),
}

fn main() -> ExitCode {
    let Cli { command } = Cli::parse();
    let result = match command {
        Command::Draw(draw) => draw.run(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("timeline: {error:#}");
            ExitCode::FAILURE
        }
    }
}
