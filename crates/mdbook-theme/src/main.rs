//! The preprocessor as the program that mdBook starts.

use std::{
    env,
    io::{self, BufWriter, Write},
    process::ExitCode,
};

use mdbook_preprocessor::{
    Preprocessor,
    errors::{Error, Result},
    parse_input,
};
use mdbook_theme::Theme;

const STARTED_BY_MDBOOK: &str = "mdBook starts this program, see book.toml";

fn main() -> ExitCode {
    let result = match env::args_os().nth(1) {
        None => preprocess(),
        // mdBook asks whether a renderer is supported; every one is.
        Some(argument) if argument == "supports" => Ok(()),
        Some(argument) => {
            let argument = argument.display();
            Err(Error::msg(format!("unknown argument `{argument}`; {STARTED_BY_MDBOOK}")))
        }
    };
    if let Err(error) = result {
        eprintln!("mdbook-theme: {error:#}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn preprocess() -> Result<()> {
    let (context, book) = parse_input(io::stdin()).map_err(|error| {
        let cause = error.root_cause();
        Error::msg(format!("standard input is not a book in JSON: {cause}; {STARTED_BY_MDBOOK}"))
    })?;
    let book = Theme.run(&context, book)?;
    let mut output = BufWriter::new(io::stdout().lock());
    serde_json::to_writer(&mut output, &book)?;
    Ok(output.flush()?)
}
