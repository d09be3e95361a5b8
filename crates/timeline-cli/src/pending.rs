//! `timeline review`, `accept` and `reject`: runs that a test has found not to be the recorded ones.

use std::{
    io::{self, BufRead, Write},
    path::PathBuf,
};

use anyhow::{Context, Result};
use clap::Args;
use timeline::{Pending, pending};

/// Where the runs are looked for.
#[derive(Args)]
pub(crate) struct Folder {
    /// The folder that is searched, with all folders in it
    #[arg(default_value = ".")]
    folder: PathBuf,
}

impl Folder {
    /// Shows each run next to the recorded one, and asks what to do with it.
    ///
    /// # Errors
    ///
    /// If a run cannot be read, or what was decided cannot be done.
    pub(crate) fn review(&self) -> Result<()> {
        let pending = self.pending()?;
        let count = pending.len();
        let mut answers = io::stdin().lock().lines();
        for (number, pending) in (1..).zip(pending) {
            let recording = pending.recording().display().to_string();
            println!("{recording} ({number} of {count})\n\n{}", pending.difference());
            match ask(&mut answers)? {
                Decision::Accept => accept(pending)?,
                Decision::Reject => reject(pending)?,
                Decision::Skip => println!("skipped {recording}"),
            }
        }
        Ok(())
    }

    /// Makes all of them the recorded ones.
    ///
    /// # Errors
    ///
    /// If a run cannot be read, or a recording not be written.
    pub(crate) fn accept(&self) -> Result<()> {
        self.pending()?.into_iter().try_for_each(accept)
    }

    /// Deletes all of them; the recordings stay as they are.
    ///
    /// # Errors
    ///
    /// If a run cannot be read or deleted.
    pub(crate) fn reject(&self) -> Result<()> {
        self.pending()?.into_iter().try_for_each(reject)
    }

    fn pending(&self) -> Result<Vec<Pending>> {
        let pending = pending(&self.folder)?;
        if pending.is_empty() {
            println!("every run that was tested is the recorded one");
        }
        Ok(pending)
    }
}

/// What is done with a run.
enum Decision {
    Accept,
    Reject,
    Skip,
}

/// Asks until there is an answer; where nobody answers any more, everything is skipped.
fn ask(answers: &mut impl Iterator<Item = io::Result<String>>) -> Result<Decision> {
    loop {
        print!("[a]ccept, [r]eject or [s]kip? ");
        io::stdout().flush().context("cannot write to standard output")?;
        let Some(answer) = answers.next() else {
            println!();
            return Ok(Decision::Skip);
        };
        match answer.context("cannot read the answer")?.trim() {
            "a" | "accept" => return Ok(Decision::Accept),
            "r" | "reject" => return Ok(Decision::Reject),
            "s" | "skip" => return Ok(Decision::Skip),
            _ => {}
        }
    }
}

fn accept(pending: Pending) -> Result<()> {
    let recording = pending.recording().display().to_string();
    pending.accept()?;
    println!("accepted {recording}");
    Ok(())
}

fn reject(pending: Pending) -> Result<()> {
    let recording = pending.recording().display().to_string();
    pending.reject()?;
    println!("rejected {recording}");
    Ok(())
}
