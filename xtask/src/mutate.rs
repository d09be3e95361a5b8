//! Changes listings on purpose, and expects their proofs to fail.
//!
//! A claim is worth something only if its check can fail. Each change is a small one: a delay or a
//! capacity by one, an `.await` left out, and so on ([`changes`]). Compiling is what costs time, so
//! all changed programs of a listing, each with the proof, are modules of one program, made in
//! `target/mutate` ([`batch`]); those that do not compile are taken out until the others do. Then
//! each proof is run in a process of its own ([`trial`]).

mod batch;
pub(crate) mod changes;
mod proof;
mod trial;

use std::{
    collections::HashSet,
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

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
/// that has no exemption. Whatever runs is killed as soon as `stop` is set.
pub(crate) fn run(
    root: &Path,
    names: &[String],
    only_list: bool,
    stop: &AtomicBool,
) -> Result<bool> {
    let targets = targets(root, names)?;
    if only_list {
        for target in &targets {
            for (file, change) in &target.changes {
                println!("{file}:{}: {}: {}", change.line, change.kind, change.text);
            }
        }
        return Ok(true);
    }
    let folder = root.join("target/mutate");
    let (on_wall, virtually): (Vec<_>, Vec<_>) =
        targets.into_iter().partition(|target| target.is_on_wall);
    let [mut on_wall, mut virtually] =
        [write_batches(root, &folder, on_wall)?, write_batches(root, &folder, virtually)?];
    let all: Vec<_> = on_wall.iter().chain(&virtually).map(|tried| &tried.batch).collect();
    batch::write_workspace(root, &folder, &all)?;
    let report = Mutex::new(Report::default());
    // Proofs on the wall clock sleep most of their time: meanwhile, the others are compiled.
    build(&folder, &mut on_wall)?;
    thread::scope(|scope| {
        let sleeping = scope.spawn(|| try_all(&on_wall, 8, &report, stop));
        let others =
            build(&folder, &mut virtually).and_then(|()| try_all(&virtually, 4, &report, stop));
        if others.is_err() {
            stop.store(true, Ordering::Relaxed);
        }
        let sleeping = sleeping.join().expect("no thread panics");
        trial::cause([others, sleeping])
    })?;
    let report = report.into_inner().expect("no thread panics");
    for place in on_wall.iter().chain(&virtually).flat_map(Tried::unneeded) {
        println!("{place}: the proof notices every change that this exempts; remove the exemption");
    }
    println!(
        "{} changes: the proof failed {} times, {} did not compile, {} never ended; \
         {} were not noticed and are exempt, {} were not noticed",
        on_wall.iter().chain(&virtually).map(|tried| tried.target.changes.len()).sum::<usize>(),
        report.failed,
        report.not_compiled,
        report.never_ended,
        report.exempt,
        report.survivors
    );
    let all_are_needed = on_wall.iter().chain(&virtually).all(|tried| tried.unneeded().is_empty());
    Ok(report.survivors == 0 && report.broken == 0 && all_are_needed)
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

/// A listing that is tried: its changes, and the program that has them.
struct Tried {
    target: Target,
    batch: Batch,
    /// The exemptions, by their lines in the manifest, without which a change would have been
    /// reported.
    needed: Mutex<HashSet<usize>>,
}

impl Tried {
    /// Where the exemptions are without which every change would have been noticed all the same.
    /// On the wall clock, that can be a matter of chance.
    fn unneeded(&self) -> Vec<String> {
        let listing = &self.target.listing;
        let needed = self.needed.lock().expect("no thread panics");
        let unneeded = listing.exemptions.iter().filter(|exemption| {
            !self.target.is_on_wall && !exemption.is_random() && !needed.contains(&exemption.line)
        });
        let manifest = listing.folder.join("Cargo.toml");
        unneeded.map(|exemption| format!("{}:{}", manifest.display(), exemption.line)).collect()
    }
}

fn write_batches(root: &Path, folder: &Path, targets: Vec<Target>) -> Result<Vec<Tried>> {
    let batches = targets.into_iter().map(|target| {
        let batch = Batch::new(root, folder, &target.listing, &target.changes)?;
        Ok(Tried { target, batch, needed: Mutex::default() })
    });
    batches.collect()
}

fn build(folder: &Path, tried: &mut [Tried]) -> Result<()> {
    batch::build(folder, &mut tried.iter_mut().map(|tried| &mut tried.batch).collect::<Vec<_>>())
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

/// Runs the proofs of all variants, so many at a time for each core: many wait, for a clock or for
/// what never comes.
fn try_all(
    tried: &[Tried],
    at_once: usize,
    report: &Mutex<Report>,
    stop: &AtomicBool,
) -> Result<()> {
    let trials = tried.iter().flat_map(|tried| {
        let variants = (0..=tried.target.changes.len()).map(|i| Variant(i.checked_sub(1)));
        variants.map(move |variant| (tried, variant))
    });
    let trials = Mutex::new(trials);
    let next = || trials.lock().expect("no thread panics").next();
    thread::scope(|scope| {
        let worker = || {
            while let Some((tried, variant)) = next() {
                try_one(tried, variant, report, stop)
                    .inspect_err(|_| stop.store(true, Ordering::Relaxed))?;
            }
            Ok(())
        };
        let workers = at_once * thread::available_parallelism()?.get();
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(worker)).collect();
        let results = workers.into_iter().map(|worker| worker.join().expect("no thread panics"));
        trial::cause(results.collect::<Vec<_>>())
    })
}

fn try_one(
    tried: &Tried,
    variant: Variant,
    report: &Mutex<Report>,
    stop: &AtomicBool,
) -> Result<()> {
    let Tried { target, batch, needed } = tried;
    let Some(i) = variant.0 else {
        if let Some(said) = trial::without_change(batch, stop)? {
            println!("{}: its proof fails without any change\n{said}", target.listing.name);
            report.lock().expect("no thread panics").broken += 1;
        }
        return Ok(());
    };
    let (file, change) = &target.changes[i];
    let outcome = trial::outcome(batch, variant, target.is_on_wall, change.kind.is_random(), stop)?;
    let exemption = target.listing.exemptions.iter().find(|exemption| exemption.covers(change));
    let mut report = report.lock().expect("no thread panics");
    let shown = match (outcome, exemption) {
        (Outcome::Failed, _) => {
            report.failed += 1;
            "fails"
        }
        (Outcome::NotCompiled, _) => {
            report.not_compiled += 1;
            "does not compile"
        }
        (Outcome::NeverEnded, _) => {
            report.never_ended += 1;
            "never ends"
        }
        (Outcome::Passed, Some(exemption)) => {
            report.exempt += 1;
            needed.lock().expect("no thread panics").insert(exemption.line);
            "passes, exempt"
        }
        (Outcome::Passed, None) => {
            report.survivors += 1;
            "NOT NOTICED"
        }
    };
    println!("{shown:16} {file}:{}: {}: {}", change.line, change.kind, change.text);
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use tempfile::TempDir;

    use super::AtomicBool;

    const PROGRAM: &str = "\
//! Three numbers.
//!
//! ```
//! # use three_numbers::*;
//! assert_eq!(SEEN, 2);
//! let _array: [(); COUNTED] = [(); 3];
//! let _unseen = UNSEEN;
//! ```

pub const SEEN: usize = 2;
pub const COUNTED: usize = 3;
pub const UNSEEN: usize = 4;
";

    const EXEMPTION: &str = "\
[[package.metadata.mutate.equivalent]]
kind = \"change a capacity\"
line = \"pub const UNSEEN: usize = 5;\"
reason = \"nobody looks at it\"
";

    /// A workspace with one listing, which needs nothing but `std`.
    fn workspace(program: &str, exemptions: &str) -> TempDir {
        let root = tempfile::tempdir().unwrap();
        let write = |file: &str, text: &str| {
            let file = root.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        };
        write("Cargo.toml", "[workspace]\nmembers = [\"listings/*/*\"]\nresolver = \"3\"\n");
        write("Cargo.lock", "version = 4\n");
        let package = "[package]\nname = \"three-numbers\"\nedition = \"2024\"\n\n";
        write("listings/numbers/three-numbers/Cargo.toml", &format!("{package}{exemptions}"));
        write("listings/numbers/three-numbers/src/lib.rs", program);
        root
    }

    fn run(root: &Path, names: &[String], only_list: bool) -> anyhow::Result<bool> {
        super::run(root, names, only_list, &AtomicBool::new(false))
    }

    fn error(root: &Path, names: &[String]) -> String {
        format!("{:#}", run(root, names, true).unwrap_err()).replace('\\', "/")
    }

    #[test]
    fn a_change_that_no_proof_notices_is_reported_unless_it_is_exempt() {
        let root = workspace(PROGRAM, "");
        assert!(!run(root.path(), &[], false).unwrap(), "`UNSEEN` is not proved");
        let root = workspace(PROGRAM, EXEMPTION);
        assert!(run(root.path(), &[], false).unwrap());
    }

    #[test]
    fn an_exemption_is_reported_if_the_proof_notices_the_change() {
        let root = workspace(PROGRAM, &EXEMPTION.replace("UNSEEN: usize = 5", "SEEN: usize = 3"));
        let program =
            PROGRAM.replace("pub const UNSEEN: usize = 4", "pub const UNSEEN: usize = 2 + 2");
        fs::write(root.path().join("listings/numbers/three-numbers/src/lib.rs"), program).unwrap();
        assert!(!run(root.path(), &[], false).unwrap());
    }

    #[test]
    fn a_proof_that_fails_without_a_change_is_reported() {
        let root = workspace(&PROGRAM.replace("(SEEN, 2)", "(SEEN, 1)"), EXEMPTION);
        assert!(!run(root.path(), &[], false).unwrap());
    }

    #[test]
    fn a_proof_that_does_not_compile_without_a_change_is_reported() {
        let root = workspace(&PROGRAM.replace("(SEEN, 2)", "(SEEM, 2)"), EXEMPTION);
        let error = format!("{:#}", run(root.path(), &[], false).unwrap_err());
        assert!(error.starts_with("three-numbers: its proof does not compile"), "{error}");
        assert!(error.contains("cannot find value `SEEM`"), "{error}");
    }

    #[test]
    fn a_listing_without_a_proof_is_reported() {
        let root = workspace("pub const SEEN: usize = 2;\n", "");
        let error = format!("{:#}", run(root.path(), &[], false).unwrap_err());
        let expected = "listings/numbers/three-numbers/src/lib.rs: there is no doc-test";
        assert!(error.replace('\\', "/").starts_with(expected), "{error}");
    }

    #[test]
    fn an_exemption_that_exempts_nothing_is_an_error_with_its_place() {
        let root = workspace(PROGRAM, &EXEMPTION.replace("= 5;", "= 6;"));
        let error = error(root.path(), &[]);
        let expected = "listings/numbers/three-numbers/Cargo.toml:5: no change is exempt by this";
        assert!(error.starts_with(expected), "{error}");
    }

    #[test]
    fn an_exemption_of_an_unknown_kind_is_an_error_with_its_place() {
        let root = workspace(PROGRAM, &EXEMPTION.replace("a capacity", "the capacity"));
        let error = error(root.path(), &[]);
        assert!(error.contains("listings/numbers/three-numbers/Cargo.toml: "), "{error}");
        assert!(error.contains("line 6"), "{error}");
        assert!(error.contains("there is no change `change the capacity`; use one of"), "{error}");
    }

    #[test]
    fn an_exemption_has_a_reason() {
        let root = workspace(PROGRAM, &EXEMPTION.replace("nobody looks at it", " "));
        let error = error(root.path(), &[]);
        assert!(error.contains("Cargo.toml:5: say in `reason` why"), "{error}");
    }

    #[test]
    fn an_unknown_listing_is_an_error() {
        let root = workspace(PROGRAM, "");
        let error = error(root.path(), &["four-numbers".to_owned()]);
        assert!(error.starts_with("there is no listing `four-numbers` in "), "{error}");
    }
}
