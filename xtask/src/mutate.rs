//! Changes listings on purpose, and expects their proofs to fail.
//!
//! A claim is worth something only if its check can fail. Each change is a small one: a delay or a
//! capacity by one, an `.await` left out, and so on ([`changes`]). Compiling is what costs time, so
//! all changed programs of a listing, each with the proof, are modules of one program, made in
//! `target/mutate` ([`batch`]); those that do not compile are taken out until the others do. Then each proof is
//! run in a process of its own.

mod batch;
pub(crate) mod changes;
mod proof;
mod trial;

use std::{path::Path, sync::Mutex, thread};

use anyhow::{Context, Result, bail};

use self::{
    batch::{Batch, Variant},
    changes::Change,
    trial::Outcome,
};
use crate::listing::{self, Listing};

/// A listing with its changes.
struct Target {
    listing: Listing,
    /// In which file the change is, relative to the root of the workspace, and the change.
    changes: Vec<(String, Change)>,
    is_on_wall: bool,
}

/// Changes the listings of these names, or all of them. Returns whether each change was noticed
/// that has no exemption.
pub(crate) fn run(root: &Path, names: &[String], only_list: bool) -> Result<bool> {
    let targets = targets(root, names)?;
    if only_list {
        for target in &targets {
            for (file, change) in &target.changes {
                println!("{file}:{}: {}: {}", change.line, change.kind, change.text);
            }
        }
        return Ok(true);
    }
    trial::stop_on_ctrl_c()?;
    let folder = root.join("target/mutate");
    let batches = targets
        .iter()
        .map(|target| Batch::new(root, &folder, &target.listing, &target.changes))
        .collect::<Result<Vec<_>>>()?;
    let batches = batch::build(root, &folder, batches)?;
    let report = Mutex::new(Report::default());
    try_all(&targets, &batches, &report)?;
    let report = report.into_inner().expect("no thread panicked");
    println!(
        "{} changes: the proof failed {} times, {} did not compile, {} never ended; \
         {} were not noticed and are exempt, {} were not noticed",
        targets.iter().map(|target| target.changes.len()).sum::<usize>(),
        report.failed,
        report.not_compiled,
        report.never_ended,
        report.exempt,
        report.survivors
    );
    Ok(report.survivors == 0 && report.broken == 0)
}

/// How many changes came out how.
#[derive(Default)]
struct Report {
    failed: usize,
    not_compiled: usize,
    never_ended: usize,
    exempt: usize,
    survivors: usize,
    /// Listings whose proof fails without any change.
    broken: usize,
}

fn targets(root: &Path, names: &[String]) -> Result<Vec<Target>> {
    let mut listings = listing::load(root)?;
    for name in names {
        if !listings.iter().any(|listing| listing.name == *name) {
            bail!("there is no listing `{name}` in {}", root.join("listings").display());
        }
    }
    listings.retain(|listing| names.is_empty() || names.contains(&listing.name));
    listings.into_iter().map(|listing| target(root, listing)).collect()
}

fn target(root: &Path, listing: Listing) -> Result<Target> {
    let mut changes = Vec::new();
    let mut is_on_wall = false;
    for file in batch::sources(&root.join(&listing.folder))? {
        let shown = listing.folder.join("src").join(&file);
        let shown = shown.to_string_lossy().replace('\\', "/");
        let program = std::fs::read_to_string(root.join(&shown))
            .with_context(|| format!("cannot read {shown}"))?;
        let found = changes::find(&program).with_context(|| format!("cannot parse {shown}"))?;
        for (line, name) in found.unread {
            println!("{shown}:{line}: the arguments of `{name}!` are changed in their awaits only");
        }
        is_on_wall |= found.is_on_wall;
        changes.extend(found.changes.into_iter().map(|change| (shown.clone(), change)));
    }
    for exemption in &listing.exemptions {
        if !changes.iter().any(|(_, change)| exemption.covers(change)) {
            bail!(
                "{}:{}: no change is exempt by this; `cargo xtask mutate --list {}` prints the \
                 changes there are",
                listing.folder.join("Cargo.toml").display(),
                exemption.line,
                listing.name
            );
        }
    }
    Ok(Target { listing, changes, is_on_wall })
}

/// A proof to run: of which listing, and with which change.
struct Trial<'t> {
    target: &'t Target,
    batch: &'t Batch,
    variant: Variant,
}

/// Runs all proofs, some at a time.
fn try_all(targets: &[Target], batches: &[Batch], report: &Mutex<Report>) -> Result<()> {
    let mut trials = Vec::new();
    for (target, batch) in targets.iter().zip(batches) {
        let variants = (0..=target.changes.len()).map(|i| Variant(i.checked_sub(1)));
        trials.extend(variants.map(|variant| Trial { target, batch, variant }));
    }
    // Those on the wall clock sleep most of their time, and take longest: they begin.
    let (on_wall, virtually): (Vec<_>, Vec<_>) =
        trials.into_iter().partition(|trial| trial.target.is_on_wall);
    let cores = thread::available_parallelism()?.get();
    let queues =
        [(Mutex::new(on_wall.into_iter()), cores), (Mutex::new(virtually.into_iter()), cores)];
    let error = Mutex::new(None);
    thread::scope(|scope| {
        for (queue, workers) in &queues {
            for _ in 0..*workers {
                scope.spawn(|| {
                    loop {
                        let next = queue.lock().expect("no thread panicked").next();
                        let Some(trial) = next else { break };
                        if let Err(problem) = try_one(&trial, report) {
                            error.lock().expect("no thread panicked").get_or_insert(problem);
                            break;
                        }
                    }
                });
            }
        }
    });
    error.into_inner().expect("no thread panicked").map_or(Ok(()), Err)
}

fn try_one(trial: &Trial, report: &Mutex<Report>) -> Result<()> {
    let Trial { target, batch, variant } = trial;
    let Some(i) = variant.0 else {
        let said = trial::without_change(batch)?;
        if let Some(said) = said {
            println!("{}: its proof fails without any change\n{said}", target.listing.name);
            report.lock().expect("no thread panicked").broken += 1;
        }
        return Ok(());
    };
    let (file, change) = &target.changes[i];
    let outcome = trial::outcome(batch, *variant, target.is_on_wall, change.kind.is_random())?;
    let is_exempt = target.listing.exemptions.iter().any(|exemption| exemption.covers(change));
    let mut report = report.lock().expect("no thread panicked");
    match outcome {
        Outcome::Failed => report.failed += 1,
        Outcome::NotCompiled => report.not_compiled += 1,
        Outcome::NeverEnded => report.never_ended += 1,
        Outcome::Passed if is_exempt => report.exempt += 1,
        Outcome::Passed => report.survivors += 1,
    }
    let outcome =
        if outcome == Outcome::Passed && !is_exempt { "NOT NOTICED" } else { outcome.name() };
    println!("{outcome:16} {file}:{}: {}: {}", change.line, change.kind, change.text);
    Ok(())
}
