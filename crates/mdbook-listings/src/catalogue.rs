//! The listings that exist, with all that belongs to them.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use timeline::{RecordingError, Run};

use crate::{
    Exercise, Problem, Problems, directive, exercise,
    problem::{relative, suggestion},
    source::Source,
};

/// All listings, exercises and rejected programs of a book.
#[derive(Debug)]
pub struct Catalogue {
    pub(crate) listings: BTreeMap<String, Listing>,
    pub(crate) exercises: BTreeMap<String, Exercise>,
    pub(crate) rejected: BTreeMap<String, Rejected>,
}

/// A listing: a crate in `listings/<chapter>/<name>`.
#[derive(Debug)]
pub struct Listing {
    pub(crate) name: String,
    pub(crate) chapter: String,
    /// The folder, relative to the root.
    pub(crate) folder: PathBuf,
    pub(crate) source: Source,
    /// Its recorded runs, by their full names: `join`, `joined-in-part/two-last`.
    pub(crate) runs: BTreeMap<String, Run>,
    pub(crate) translations: Vec<Translation>,
    /// What it once printed, for the page to show: its file `output.txt`, if there is one.
    pub(crate) output: Option<String>,
}

/// A program that the compiler must reject: `tests/errors/<name>.rs`.
#[derive(Debug)]
pub struct Rejected {
    pub(crate) name: String,
    pub(crate) program: String,
    /// What the compiler says, as trybuild keeps it; none if it was not recorded yet.
    pub(crate) message: Option<String>,
    pub(crate) translations: Vec<Translation>,
}

/// The same program in another language.
#[derive(Debug)]
pub struct Translation {
    pub(crate) language: Language,
    /// The file, relative to the root.
    pub(crate) file: PathBuf,
    pub(crate) program: String,
    /// What the interpreter says to it on standard error, if it is not silent.
    pub(crate) message: Option<String>,
}

/// A language that programs are compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Language {
    /// Its name in the text.
    pub(crate) name: &'static str,
    /// Its name in directives, fences and file names of recordings.
    pub(crate) key: &'static str,
    /// How its files end.
    pub(crate) extension: &'static str,
    /// What runs a program.
    pub(crate) command: &'static str,
}

/// A language more is a row more, and a driver in `tests/rosetta`.
pub(crate) const LANGUAGES: [Language; 2] = [
    Language { name: "Python", key: "python", extension: "py", command: "python3" },
    Language { name: "JavaScript", key: "javascript", extension: "mjs", command: "node" },
];

/// The file name of a run's recording: `timeline.toml` for the only run of a listing,
/// `two-last.timeline.toml` for the run `joined-in-part/two-last`.
pub(crate) fn recording_name(run: &str) -> String {
    match run.split_once('/') {
        None => "timeline.toml".to_owned(),
        Some((_, name)) => format!("{name}.timeline.toml"),
    }
}

/// The file in which a listing keeps what it printed.
pub(crate) const OUTPUT: &str = "output.txt";

impl Listing {
    /// The name: that of the package and of its folder.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The chapter that it belongs to: the folder it is in, and the stem of the chapter's file.
    pub fn chapter(&self) -> &str {
        &self.chapter
    }

    /// The recorded runs by their names: `join`, or `joined-in-part/two-last`.
    pub fn runs(&self) -> &BTreeMap<String, Run> {
        &self.runs
    }

    /// Whether it keeps what it printed, in `output.txt`.
    pub fn has_output(&self) -> bool {
        self.output.is_some()
    }

    /// The name of its crate.
    pub(crate) fn crate_name(&self) -> String {
        self.name.replace('-', "_")
    }
}

impl Catalogue {
    /// Reads the listings in `root/listings`, the exercises in `root/exercises` and the rejected
    /// programs in `root/tests/errors`.
    ///
    /// # Errors
    ///
    /// All [`Problems`] that there are: a file that is missing, cannot be read, is not Rust or
    /// not a recording; a proof that is missing; a folder that is not a listing; an exercise
    /// without a solution, or with one that has another proof. That there is no folder of exercises
    /// or of rejected programs is no problem.
    pub fn load(root: &Path) -> Result<Catalogue, Problems> {
        let mut problems = Vec::new();
        let mut listings = BTreeMap::new();
        for chapter in folders(&root.join("listings"), root, &mut problems) {
            for folder in folders(&chapter, root, &mut problems) {
                match load_listing(&chapter, &folder, root) {
                    Ok(listing) => {
                        if let Some(other) = listings.insert(listing.name.clone(), listing) {
                            let message = format!(
                                "this listing has the name of another, {}; names are unique in the book",
                                other.folder.display()
                            );
                            problems.push(Problem::new(relative(&folder, root), 1, message));
                        }
                    }
                    Err(found) => problems.extend(found),
                }
            }
        }
        let mut exercises = BTreeMap::new();
        for chapter in folders_if_any(&root.join("exercises"), root, &mut problems) {
            for folder in folders(&chapter, root, &mut problems) {
                match load_exercise(&chapter, &folder, root) {
                    Ok(exercise) => {
                        problems.extend(add_exercise(exercise, &listings, &mut exercises))
                    }
                    Err(found) => problems.extend(found),
                }
            }
        }
        let mut rejected = BTreeMap::new();
        let errors = root.join("tests/errors");
        let files =
            if errors.exists() { entries(&errors, root, &mut problems) } else { Vec::new() };
        for file in files {
            if file.extension().is_some_and(|extension| extension == "rs") {
                match load_rejected(&file, root) {
                    Ok(program) => drop(rejected.insert(program.name.clone(), program)),
                    Err(problem) => problems.push(problem),
                }
            }
        }
        match problems.is_empty() {
            true => Ok(Catalogue { listings, exercises, rejected }),
            false => Err(Problems(problems)),
        }
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

    /// The error is the message for the reader.
    pub(crate) fn listing(&self, name: &str) -> Result<&Listing, String> {
        self.listings.get(name).ok_or_else(|| {
            let names = self.listings.keys().map(String::as_str);
            format!("there is no listing `{name}`{}", suggestion(name, names))
        })
    }

    /// The error is the message for the reader.
    pub(crate) fn run(&self, name: &str) -> Result<(&Listing, &Run), String> {
        let listing = self.listing(name.split('/').next().unwrap_or(name))?;
        match listing.runs.get(name) {
            Some(run) => Ok((listing, run)),
            None if listing.runs.is_empty() => Err(format!(
                "the listing `{}` has no recording; make one with `TIMELINE=record cargo test -p {0}`",
                listing.name
            )),
            None => {
                let names = listing.runs.keys().map(String::as_str);
                Err(format!("there is no recorded run `{name}`{}", suggestion(name, names)))
            }
        }
    }

    /// The error is the message for the reader.
    pub(crate) fn exercise(&self, name: &str) -> Result<&Exercise, String> {
        self.exercises.get(name).ok_or_else(|| {
            let names = self.exercises.keys().map(String::as_str);
            format!("there is no exercise `{name}`{}", suggestion(name, names))
        })
    }

    /// The error is the message for the reader.
    pub(crate) fn rejected_program(&self, name: &str) -> Result<&Rejected, String> {
        self.rejected.get(name).ok_or_else(|| {
            let names = self.rejected.keys().map(String::as_str);
            format!(
                "there is no rejected program `{name}` in tests/errors{}",
                suggestion(name, names)
            )
        })
    }
}

fn load_listing(chapter: &Path, folder: &Path, root: &Path) -> Result<Listing, Vec<Problem>> {
    let name = file_name(folder);
    check_name(&name, folder, root).map_err(|problem| vec![problem])?;
    check_manifest(folder, &name, root).map_err(|problem| vec![problem])?;
    let lib = folder.join("src/lib.rs");
    let text = read_shown(&lib, root).map_err(|problem| vec![problem])?;
    let source = Source::parse(&relative(&lib, root), &text).map_err(|problem| vec![problem])?;
    let mut problems = Vec::new();
    let mut runs = BTreeMap::new();
    for file in entries(folder, root, &mut problems) {
        let run = match file_name(&file) {
            file if file == "timeline.toml" => name.clone(),
            file => match file.strip_suffix(".timeline.toml") {
                Some(run) => format!("{name}/{run}"),
                None => continue,
            },
        };
        let parsed = read_shown(&file, root).and_then(|text| {
            // An empty file asks for a recording that is yet to be made: a page that shows the run
            // will miss it, and so will the test that compares it.
            if text.trim().is_empty() {
                return Ok(None);
            }
            let path = relative(&file, root);
            Run::parse(&path, &text).map(Some).map_err(|error| match error {
                RecordingError::Malformed { line, message, .. } => Problem::new(
                    path,
                    line,
                    format!("{message}; mend it, or make it anew with `TIMELINE=record cargo test -p {name}`"),
                ),
                other => Problem::new(path, 1, other.to_string()),
            })
        });
        match parsed {
            Ok(parsed) => runs.extend(parsed.map(|parsed| (run, parsed))),
            Err(problem) => problems.push(problem),
        }
    }
    let mut listing = Listing {
        chapter: file_name(chapter),
        folder: relative(folder, root),
        source,
        runs,
        translations: Vec::new(),
        output: None,
        name,
    };
    let output = folder.join(OUTPUT);
    if output.exists() {
        match read_shown(&output, root) {
            Ok(text) => listing.output = Some(text),
            Err(problem) => problems.push(problem),
        }
    }
    match load_translations(folder, &listing.crate_name(), root) {
        Ok(translations) => listing.translations = translations,
        Err(problem) => problems.push(problem),
    }
    match problems.is_empty() {
        true => Ok(listing),
        false => Err(problems),
    }
}

fn load_exercise(chapter: &Path, folder: &Path, root: &Path) -> Result<Exercise, Vec<Problem>> {
    let name = file_name(folder);
    check_name(&name, folder, root).map_err(|problem| vec![problem])?;
    check_manifest(folder, &name, root).map_err(|problem| vec![problem])?;
    let lib = folder.join("src/lib.rs");
    let content = read_shown(&lib, root).map_err(|problem| vec![problem])?;
    let file = relative(&lib, root);
    let text = exercise::Text::parse(&file, &content)?;
    let source = Source::parse(&file, &content).map_err(|problem| vec![problem])?;
    Ok(Exercise { name, chapter: file_name(chapter), file, source, text })
}

/// Adds an exercise to the others; gives what is wrong with its name or its solution.
fn add_exercise(
    exercise: Exercise,
    listings: &BTreeMap<String, Listing>,
    exercises: &mut BTreeMap<String, Exercise>,
) -> Option<Problem> {
    let other = match (listings.get(&exercise.name), exercises.get(&exercise.name)) {
        (Some(listing), _) => Some(listing.folder.join("src/lib.rs")),
        (None, Some(other)) => Some(other.file.clone()),
        (None, None) => None,
    };
    if let Some(other) = other {
        let message = format!(
            "this exercise has the name of {}; names are unique in the book",
            other.display()
        );
        return Some(Problem::new(exercise.file, 1, message));
    }
    let wrong = exercise.check_solution(listings.get(&exercise.solution())).err();
    exercises.insert(exercise.name.clone(), exercise);
    wrong
}

/// A name stands in directives, in HTML and in fragments of links.
fn check_name(name: &str, path: &Path, root: &Path) -> Result<(), Problem> {
    match name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_') {
        true => Ok(()),
        false => {
            let message = format!("`{name}` must be made of letters, digits, `-` and `_` only");
            Err(Problem::new(relative(path, root), 1, message))
        }
    }
}

/// A listing's folder and its package have the same name, so that what the page tells the reader
/// to run is what the page shows.
fn check_manifest(folder: &Path, name: &str, root: &Path) -> Result<(), Problem> {
    let manifest = folder.join("Cargo.toml");
    let file = relative(&manifest, root);
    let text = read(&manifest, root)?;
    let parsed: toml::Table = toml::from_str(&text).map_err(|error| {
        let before = error.span().map_or(0, |span| span.start);
        let line = 1 + text[..before.min(text.len())].matches('\n').count();
        Problem::new(&file, line, error.message().to_owned())
    })?;
    let package = parsed.get("package").and_then(|package| package.get("name"));
    match package.and_then(|package| package.as_str()) {
        Some(package) if package == name => Ok(()),
        Some(package) => {
            let line = text.lines().position(|line| line.contains(package)).map_or(1, |i| i + 1);
            let message = format!(
                "the package is named `{package}` and its folder `{name}`; give both one name"
            );
            Err(Problem::new(file, line, message))
        }
        None => {
            Err(Problem::new(file, 1, format!("the package has no name; it should be `{name}`")))
        }
    }
}

fn load_rejected(file: &Path, root: &Path) -> Result<Rejected, Problem> {
    let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    check_name(&name, file, root)?;
    let message = file.with_extension("stderr");
    Ok(Rejected {
        program: read_shown(file, root)?,
        message: message.exists().then(|| read_shown(&message, root)).transpose()?,
        translations: load_translations(&file.with_file_name(""), &name, root)?,
        name,
    })
}

fn load_translations(folder: &Path, stem: &str, root: &Path) -> Result<Vec<Translation>, Problem> {
    let mut translations = Vec::new();
    for language in LANGUAGES {
        let file = folder.join(format!("{stem}.{}", language.extension));
        if file.exists() {
            let message = folder.join(format!("{stem}.{}.stderr", language.extension));
            translations.push(Translation {
                language,
                program: read_shown(&file, root)?,
                message: message.exists().then(|| read_shown(&message, root)).transpose()?,
                file: relative(&file, root),
            });
        }
    }
    Ok(translations)
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The text of a file, with the line endings of Unix and without a byte order mark: whatever
/// editor it was written with, the page is the same.
fn read(path: &Path, root: &Path) -> Result<String, Problem> {
    let bytes = fs::read(path).map_err(|error| {
        let message = match error.kind() {
            io::ErrorKind::NotFound => match relative(path, root).starts_with("exercises") {
                true => {
                    "this file is missing; every folder in exercises/*/ is an exercise".to_owned()
                }
                false => {
                    "this file is missing; every folder in listings/*/ is a listing".to_owned()
                }
            },
            _ => format!("this file cannot be read: {error}"),
        };
        Problem::new(relative(path, root), 1, message)
    })?;
    let text = str::from_utf8(&bytes).map_err(|error| {
        let line = 1 + bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count();
        Problem::new(
            relative(path, root),
            line,
            "what stands here is not UTF-8; save the file as such",
        )
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n"))
}

/// The text of a file that pages show.
fn read_shown(path: &Path, root: &Path) -> Result<String, Problem> {
    let text = read(path, root)?;
    match directive::opening(&text) {
        None => Ok(text),
        Some(line) => {
            let message = "mdBook would take what begins here with `{{` and `#` for a directive; write it \
                           in another way";
            Err(Problem::new(relative(path, root), line, message))
        }
    }
}

fn folders(path: &Path, root: &Path, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
    entries(path, root, problems).into_iter().filter(|entry| entry.is_dir()).collect()
}

fn folders_if_any(path: &Path, root: &Path, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
    if path.exists() { folders(path, root, problems) } else { Vec::new() }
}

/// What is in a folder, in the order of the names; without what is hidden, as editors leave it.
fn entries(path: &Path, root: &Path, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
    let paths = fs::read_dir(path)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>());
    match paths {
        Ok(mut paths) => {
            paths.retain(|path| !file_name(path).starts_with('.'));
            paths.sort();
            paths
        }
        Err(error) => {
            let message = format!("this folder cannot be read: {error}");
            problems.push(Problem::new(relative(path, root), 1, message));
            Vec::new()
        }
    }
}
