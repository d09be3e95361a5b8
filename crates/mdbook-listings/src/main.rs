//! The preprocessor as the program that mdBook starts.

use std::{
    env,
    io::{self, BufWriter, Write},
    process::ExitCode,
};

use mdbook_listings::Listings;
use mdbook_preprocessor::{
    Preprocessor,
    errors::{Error, Result},
    parse_input,
};

fn main() -> ExitCode {
    let result = match env::args_os().nth(1) {
        None => preprocess(),
        // mdBook asks whether a renderer is supported; every one is.
        Some(argument) if argument == "supports" => Ok(()),
        Some(argument) => {
            let argument = argument.display();
            Err(Error::msg(format!("unknown argument `{argument}`{STARTED_BY_MDBOOK}")))
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("mdbook-listings: {error:#}");
            ExitCode::FAILURE
        }
    }
}

const STARTED_BY_MDBOOK: &str = "; mdBook starts this program, see book.toml";

fn preprocess() -> Result<()> {
    let (context, book) = parse_input(io::stdin()).map_err(|error| {
        let cause = error.root_cause();
        Error::msg(format!("standard input is not a book in JSON: {cause}{STARTED_BY_MDBOOK}"))
    })?;
    let book = Listings.run(&context, book)?;
    let mut output = BufWriter::new(io::stdout().lock());
    serde_json::to_writer(&mut output, &book)?;
    Ok(output.flush()?)
}
