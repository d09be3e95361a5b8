//! What exists: the listings, the exercises and the rejected programs of a book, with all that belongs
//! to them.

mod exercise;
mod files;
mod listing;
mod names;
mod rejected;
mod source;
mod translation;

use std::{collections::BTreeMap, path::Path};

use timeline::Run;

pub use exercise::Exercise;
pub use listing::Listing;
pub(crate) use listing::OUTPUT;
pub(crate) use rejected::Rejected;
pub(crate) use translation::{LANGUAGES, Translation};

use crate::diagnostic::{Diagnostic, Diagnostics, Message, relative, suggestion};
use files::{crates, entries};

/// All listings, exercises and rejected programs of a book.
#[derive(Debug)]
pub struct Catalogue {
    listings: BTreeMap<String, Listing>,
    exercises: BTreeMap<String, Exercise>,
    rejected: BTreeMap<String, Rejected>,
}

impl Catalogue {
    /// Reads the listings in `root/listings`, the exercises in `root/exercises` and the rejected
    /// programs in `root/tests/errors`.
    ///
    /// # Errors
    ///
    /// All [`Diagnostics`] that there are: a file that is missing, cannot be read, is not Rust or
    /// not a recording; a proof that is missing; a folder that is not a listing; an exercise
    /// without a solution, or with one that has another proof. It is not an error that there is no folder of
    /// exercises or of rejected programs.
    pub fn load(root: &Path) -> Result<Catalogue, Diagnostics> {
        let mut diagnostics = Diagnostics::default();
        let mut catalogue = Catalogue {
            listings: BTreeMap::new(),
            exercises: BTreeMap::new(),
            rejected: BTreeMap::new(),
        };
        for folder in crates("listings", root, &mut diagnostics) {
            let Some(listing) = diagnostics.keep(Listing::load(&folder, root)) else {
                continue;
            };
            if let Some(other) = catalogue.listings.insert(listing.name.clone(), listing) {
                let message = format!(
                    "this listing has the name of another, {}; names are unique in the book",
                    other.folder.display()
                );
                diagnostics.push(Diagnostic::new(relative(&folder, root), 1, message));
            }
        }
        if root.join("exercises").exists() {
            for folder in crates("exercises", root, &mut diagnostics) {
                if let Some(exercise) = diagnostics.keep(Exercise::load(&folder, root)) {
                    diagnostics.keep(catalogue.add_exercise(exercise));
                }
            }
        }
        let errors = root.join("tests/errors");
        if errors.exists() {
            for file in entries(&errors, 1, root, &mut diagnostics) {
                if file.extension().is_some_and(|extension| extension == "rs")
                    && let Some(program) = diagnostics.keep(Rejected::load(&file, root))
                {
                    catalogue.rejected.insert(program.name.clone(), program);
                }
            }
        }
        diagnostics.or(catalogue)
    }

    /// Adds an exercise to the others.
    ///
    /// # Errors
    ///
    /// If its name is taken, or if its solution is not one.
    fn add_exercise(&mut self, exercise: Exercise) -> Result<(), Diagnostic> {
        let listing = self.listings.get(&exercise.name);
        let other = listing
            .map(|listing| listing.folder.join("src/lib.rs"))
            .or_else(|| self.exercises.get(&exercise.name).map(|exercise| exercise.file.clone()));
        if let Some(other) = other {
            let message = format!(
                "this exercise has the name of {}; names are unique in the book",
                other.display()
            );
            return Err(Diagnostic::new(exercise.file, 1, message));
        }
        let checked = exercise.check_solution(self.listings.get(&exercise.solution()));
        self.exercises.insert(exercise.name.clone(), exercise);
        checked
    }

    /// The listings, by name.
    pub fn listings(&self) -> impl Iterator<Item = &Listing> {
        self.listings.values()
    }

    /// The exercises, by name.
    pub fn exercises(&self) -> impl Iterator<Item = &Exercise> {
        self.exercises.values()
    }

    /// The names of the rejected programs.
    pub fn rejected(&self) -> impl Iterator<Item = &str> {
        self.rejected.keys().map(String::as_str)
    }

    pub(crate) fn listing(&self, name: &str) -> Result<&Listing, Message> {
        self.listings.get(name).ok_or_else(|| {
            let names = self.listings.keys().map(String::as_str);
            format!("there is no listing `{name}`{}", suggestion(name, names)).into()
        })
    }

    pub(crate) fn run(&self, name: &str) -> Result<&Run, Message> {
        let listing = self.listing(name.split('/').next().unwrap_or(name))?;
        if let Some(run) = listing.runs.get(name) {
            return Ok(run);
        }
        if listing.runs.is_empty() {
            let listing = &listing.name;
            return Err(format!(
                "the listing `{listing}` has no recording; make one with `TIMELINE=record cargo test -p \
                 {listing}`"
            )
            .into());
        }
        let names = listing.runs.keys().map(String::as_str);
        Err(format!("there is no recorded run `{name}`{}", suggestion(name, names)).into())
    }

    pub(crate) fn exercise(&self, name: &str) -> Result<&Exercise, Message> {
        self.exercises.get(name).ok_or_else(|| {
            let names = self.exercises.keys().map(String::as_str);
            format!("there is no exercise `{name}`{}", suggestion(name, names)).into()
        })
    }

    pub(crate) fn rejected_program(&self, name: &str) -> Result<&Rejected, Message> {
        self.rejected.get(name).ok_or_else(|| {
            let names = self.rejected.keys().map(String::as_str);
            format!(
                "there is no rejected program `{name}` in tests/errors{}",
                suggestion(name, names)
            )
            .into()
        })
    }

    /// The programs in other languages of a listing or of a rejected program.
    pub(crate) fn translations(&self, name: &str) -> Result<&[Translation], Message> {
        if let Some(listing) = self.listings.get(name) {
            return Ok(&listing.translations);
        }
        if let Some(rejected) = self.rejected.get(name) {
            return Ok(&rejected.translations);
        }
        let names = self.listings.keys().chain(self.rejected.keys()).map(String::as_str);
        Err(format!("there is no listing `{name}`{}", suggestion(name, names)).into())
    }
}
