//! `timeline draw`: a recording as a picture that stands alone.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use timeline::Run;
use timeline_figure::{html_page, svg_document};

use crate::assets::ASSETS;

/// Draws a recorded run: as an SVG image, or as an HTML page with the player. Neither needs any other
/// file.
#[derive(Args)]
pub(crate) struct Draw {
    /// The recording, such as timeline.toml
    file: PathBuf,
    /// The file to write, in the format that its name ends with (.svg or .html); `-` is standard output
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// The format, if the name of the output does not say it [on standard output: svg]
    #[arg(long)]
    format: Option<Format>,
    /// The title of the picture [default: the name of the run]
    #[arg(long)]
    title: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// An image.
    Svg,
    /// A page with the player.
    Html,
}

impl Draw {
    /// # Errors
    ///
    /// If the recording cannot be read or is none, if the format is not clear, or if the output cannot
    /// be written.
    pub(crate) fn run(self) -> Result<()> {
        let format = self.format()?;
        let name = run_name(&self.file);
        let run = read(&self.file, &name)?;
        let title = self.title.as_deref().unwrap_or(&name);
        let picture = match format {
            Format::Svg => svg_document(&run, title),
            Format::Html => html_page(&run, &name, title, &ASSETS),
        };
        if self.to_stdout() {
            io::stdout().write_all(picture.as_bytes()).context("cannot write to standard output")
        } else {
            let output = &self.output;
            fs::write(output, picture)
                .with_context(|| format!("{}: cannot write this file", output.display()))
        }
    }

    fn to_stdout(&self) -> bool {
        self.output == Path::new("-")
    }

    fn format(&self) -> Result<Format> {
        let extension = self.output.extension().map(|extension| extension.to_string_lossy());
        match (self.format, extension.as_deref()) {
            (Some(format), _) => Ok(format),
            (None, Some("svg")) => Ok(Format::Svg),
            (None, Some("html")) => Ok(Format::Html),
            (None, _) if self.to_stdout() => Ok(Format::Svg),
            (None, _) => bail!(
                "{}: the name must end with .svg or .html, unless --format says which it is",
                self.output.display()
            ),
        }
    }
}

/// The name of a run: `two-last` for two-last.timeline.toml, and that of the folder for
/// timeline.toml.
fn run_name(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    if name == "timeline.toml" {
        let file = file.canonicalize().unwrap_or_else(|_| file.to_owned());
        let folder = file.parent().and_then(Path::file_name);
        return folder.map_or_else(|| "run".to_owned(), |name| name.to_string_lossy().into_owned());
    }
    let stem = name.strip_suffix(".timeline.toml").or(name.strip_suffix(".toml"));
    stem.unwrap_or(&name).to_owned()
}

/// Reads a recording; errors name the file, and the line in it.
fn read(file: &Path, name: &str) -> Result<Run> {
    let path = file.display();
    let bytes = fs::read(file).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => anyhow::anyhow!(
            "{path}: there is no such file; name a recording, such as listings/concurrent/join/timeline.toml"
        ),
        _ => anyhow::anyhow!("{path}: cannot read this file: {error}"),
    })?;
    let text = str::from_utf8(&bytes).map_err(|error| {
        let line = 1 + bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count();
        anyhow::anyhow!("{path}:{line}: this is not UTF-8; is it a recording?")
    })?;
    Ok(Run::parse(name, file, text)?)
}
