//! The preprocessor as the program that mdBook starts.

use std::{env, io, process::ExitCode};

use mdbook_listings::Listings;
use mdbook_preprocessor::{Preprocessor, errors::Result, parse_input};

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let result = match arguments.next().as_deref() {
        None => preprocess(),
        // mdBook asks whether a renderer is supported; every one is.
        Some("supports") => Ok(()),
        Some(other) => {
            eprintln!(
                "mdbook-listings: unknown argument `{other}`; mdBook starts this program, see book.toml"
            );
            return ExitCode::FAILURE;
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn preprocess() -> Result<()> {
    let (context, book) = parse_input(io::stdin())?;
    let book = Listings.run(&context, book)?;
    serde_json::to_writer(io::stdout(), &book)?;
    Ok(())
}
