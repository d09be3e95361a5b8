//! All changed programs of a listing in one program, and how they are built.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    slice,
};

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use toml::{Table, Value};

use super::{changes::Change, proof};
use crate::listing::Listing;

/// The program of a listing with one of its changes, or with none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Variant(pub(super) Option<usize>);

impl Variant {
    fn module(self) -> String {
        self.0.map_or_else(|| "unchanged".to_owned(), |i| format!("change_{i}"))
    }
}

/// The program that contains all variants of a listing.
pub(super) struct Batch {
    pub(super) name: String,
    /// The folder of its package, which has the recordings of the listing too.
    pub(super) folder: PathBuf,
    /// How many doc-tests the listing has.
    pub(super) proofs: usize,
    /// The variants that compile, as far as is known.
    variants: BTreeSet<Variant>,
    /// What the compiler said about the others' first problem, for the unchanged program.
    said: String,
    /// The program, once it is built.
    pub(super) executable: PathBuf,
}

impl Batch {
    /// Writes the package of a batch.
    pub(super) fn new(
        root: &Path,
        scratch: &Path,
        listing: &Listing,
        changes: &[(String, Change)],
    ) -> Result<Batch> {
        let source = root.join(&listing.folder);
        let folder = scratch.join(&listing.folder);
        if folder.exists() {
            fs::remove_dir_all(&folder)
                .with_context(|| format!("cannot remove {}", folder.display()))?;
        }
        fs::create_dir_all(folder.join("src"))?;
        for entry in fs::read_dir(&source)? {
            let entry = entry?;
            if entry.file_type()?.is_file() && entry.file_name() != "Cargo.toml" {
                fs::copy(entry.path(), folder.join(entry.file_name()))?;
            }
        }
        write(&folder.join("Cargo.toml"), &manifest(&source)?)?;

        let sources = sources(&source)?;
        let mut proofs = Vec::new();
        for file in &sources {
            let shown = listing.folder.join("src").join(file);
            let bodies = proof::bodies(&fs::read_to_string(root.join(&shown))?)
                .with_context(|| format!("cannot use the proof in {}", shown.display()))?;
            proofs.extend(bodies);
        }
        if proofs.is_empty() {
            bail!(
                "{}: there is no doc-test; write the proof in the `//!` lines",
                listing.folder.join("src/lib.rs").display()
            );
        }
        let crate_name = listing.name.replace('-', "_");
        let functions = proofs
            .iter()
            .enumerate()
            .map(|(i, body)| format!("pub fn proof_{i}() {{\n{body}\n}}\n"));
        let proof = format!(
            "#![allow(unused)]\nuse super::{crate_name};\n{}",
            functions.collect::<String>()
        );
        let variants = (0..=changes.len()).map(|i| Variant(i.checked_sub(1)));
        for variant in variants.clone() {
            let module = folder.join("src").join(variant.module());
            fs::create_dir_all(&module)?;
            for file in &sources {
                let original = source.join("src").join(file);
                let program = match variant.0.map(|i| &changes[i]) {
                    Some((changed, change)) if root.join(changed) == original => {
                        change.program.clone()
                    }
                    _ => fs::read_to_string(&original)?,
                };
                let place = if file == Path::new("lib.rs") {
                    module.join(format!("{crate_name}.rs"))
                } else {
                    module.join(&crate_name).join(file)
                };
                write(&place, &program)?;
            }
            write(&module.join("proof.rs"), &proof)?;
        }
        let batch = Batch {
            name: listing.name.clone(),
            folder,
            proofs: proofs.len(),
            variants: variants.collect(),
            said: String::new(),
            executable: PathBuf::new(),
        };
        Ok(batch)
    }

    /// Whether a variant compiles.
    pub(super) fn has(&self, variant: Variant) -> bool {
        self.variants.contains(&variant)
    }

    /// Writes the main function, with those variants that are not known not to compile.
    fn write_main(&self) -> Result<()> {
        let crate_name = self.name.replace('-', "_");
        let mut main = String::from(
            "#![allow(dead_code, unused_imports, unused_mut, unused_variables)]\n\
             #![deny(unused_must_use)]\n",
        );
        let mut arms = String::new();
        for variant in &self.variants {
            let module = variant.module();
            main += &format!("mod {module} {{ pub mod {crate_name}; pub mod proof; }}\n");
            for i in 0..self.proofs {
                arms += &format!("        \"{module} {i}\" => {module}::proof::proof_{i}(),\n");
            }
        }
        main += &format!(
            "fn main() {{\n    let wanted = std::env::args().nth(1).unwrap_or_default();\n    \
             match wanted.as_str() {{\n{arms}        \
             unknown => panic!(\"there is no proof `{{unknown}}`\"),\n    }}\n}}\n"
        );
        write(&self.folder.join("src/main.rs"), &main)
    }

    /// The command that runs a proof of a variant.
    pub(super) fn command(&self, variant: Variant, proof: usize) -> Command {
        let mut command = Command::new(&self.executable);
        command
            .arg(format!("{} {proof}", variant.module()))
            .current_dir(&self.folder)
            .env("CARGO_MANIFEST_DIR", &self.folder)
            .env("CARGO_PKG_NAME", &self.name)
            .env_remove("TIMELINE")
            .stdin(Stdio::null());
        command
    }
}

/// The files of a listing's library, relative to its `src`.
pub(super) fn sources(listing: &Path) -> Result<Vec<PathBuf>> {
    let src = listing.join("src");
    let mut files = Vec::new();
    let mut folders = vec![src.clone()];
    while let Some(folder) = folders.pop() {
        for entry in
            fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?
        {
            let path = entry?.path();
            let relative = path.strip_prefix(&src)?.to_owned();
            if path.is_dir() {
                if relative != Path::new("bin") {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|extension| extension == "rs")
                && relative != Path::new("main.rs")
            {
                files.push(relative);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Writes the workspace of all batches.
pub(super) fn write_workspace(root: &Path, scratch: &Path, batches: &[&Batch]) -> Result<()> {
    write(&scratch.join("Cargo.toml"), &workspace(root, scratch, batches)?)?;
    fs::copy(root.join("Cargo.lock"), scratch.join("Cargo.lock"))
        .context("cannot copy Cargo.lock")?;
    batches.iter().try_for_each(|batch| batch.write_main())
}

/// Builds batches together. A variant that does not compile is taken out of its batch.
pub(super) fn build(scratch: &Path, batches: &mut [&mut Batch]) -> Result<()> {
    if batches.is_empty() {
        return Ok(());
    }
    let names: Vec<_> = batches.iter().map(|batch| batch.name.clone()).collect();
    loop {
        let (is_built, messages) = cargo_build(scratch, &names)?;
        for batch in &mut *batches {
            batch.take_executable(&messages);
        }
        if is_built {
            break;
        }
        let mut progress = false;
        for batch in &mut *batches {
            progress |= batch.drop_rejected(scratch, &messages)?;
        }
        if !progress {
            // The compiler blames no variant: it crashed, or the linker failed.
            for batch in &mut *batches {
                batch.build_one_by_one(scratch)?;
            }
        }
    }
    for batch in batches {
        if !batch.has(Variant(None)) {
            bail!("{}: its proof does not compile without any change\n{}", batch.name, batch.said);
        }
    }
    Ok(())
}

impl Batch {
    /// Takes the program from the messages of a build, if it was built.
    fn take_executable(&mut self, messages: &[Message]) {
        for message in messages {
            if let (Some(target), Some(executable)) = (&message.target, &message.executable)
                && target.name == self.name
            {
                self.executable.clone_from(executable);
            }
        }
    }

    /// Takes the variants out that the compiler rejected. Returns whether there was one.
    fn drop_rejected(&mut self, scratch: &Path, messages: &[Message]) -> Result<bool> {
        let mut rejected = BTreeSet::new();
        for message in messages {
            let Some(diagnostic) = message.error() else { continue };
            let mut files = Vec::new();
            diagnostic.spans.iter().for_each(|span| span.files(&mut files));
            for file in files {
                let Ok(relative) =
                    scratch.join(file).strip_prefix(&self.folder).map(Path::to_owned)
                else {
                    continue;
                };
                let module = relative.iter().nth(1).and_then(|module| module.to_str());
                let variant = self.variants.iter().find(|one| Some(&*one.module()) == module);
                if let Some(variant) = variant {
                    if variant.0.is_none() {
                        self.said += diagnostic.rendered.as_deref().unwrap_or_default();
                    }
                    rejected.insert(*variant);
                }
            }
        }
        if rejected.is_empty() {
            return Ok(false);
        }
        self.variants.retain(|variant| !rejected.contains(variant));
        self.write_main()?;
        Ok(true)
    }

    /// Finds those variants that compile on their own.
    fn build_one_by_one(&mut self, scratch: &Path) -> Result<()> {
        if cargo_build(scratch, slice::from_ref(&self.name))?.0 {
            return Ok(());
        }
        let mut compiled = BTreeSet::new();
        for variant in std::mem::take(&mut self.variants) {
            self.variants = BTreeSet::from([variant]);
            self.write_main()?;
            if cargo_build(scratch, slice::from_ref(&self.name))?.0 {
                compiled.insert(variant);
            }
        }
        self.variants = compiled;
        self.write_main()?;
        if !cargo_build(scratch, slice::from_ref(&self.name))?.0 {
            bail!(
                "{}: each change compiles on its own, and all together do not; see `cargo build \
                 -p {}` in {}",
                self.name,
                self.name,
                scratch.display()
            );
        }
        Ok(())
    }
}

/// What cargo says, a line of JSON each.
#[derive(Deserialize)]
struct Message {
    reason: String,
    message: Option<Diagnostic>,
    target: Option<Target>,
    executable: Option<PathBuf>,
}

impl Message {
    fn error(&self) -> Option<&Diagnostic> {
        let diagnostic = self.message.as_ref().filter(|_| self.reason == "compiler-message")?;
        (diagnostic.level == "error").then_some(diagnostic)
    }
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

#[derive(Deserialize)]
struct Diagnostic {
    level: String,
    spans: Vec<Span>,
    rendered: Option<String>,
}

#[derive(Deserialize)]
struct Span {
    file_name: PathBuf,
    expansion: Option<Box<Expansion>>,
}

#[derive(Deserialize)]
struct Expansion {
    span: Span,
}

impl Span {
    /// The file of the span, and those of the macros that it came from.
    fn files<'s>(&'s self, files: &mut Vec<&'s Path>) {
        files.push(&self.file_name);
        if let Some(expansion) = &self.expansion {
            expansion.span.files(files);
        }
    }
}

/// Builds the batches of these listings. Returns whether everything compiled.
fn cargo_build(scratch: &Path, listings: &[String]) -> Result<(bool, Vec<Message>)> {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["build", "--quiet", "--keep-going", "--message-format=json"]);
    command.args(listings.iter().flat_map(|listing| ["--package", listing]));
    let output = command
        .current_dir(scratch)
        .env("CARGO_TARGET_DIR", scratch.join("target"))
        .stdin(Stdio::null())
        .output()
        .context("cannot start cargo")?;
    let lines = output.stdout.split(|byte| *byte == b'\n').filter(|line| line.starts_with(b"{"));
    let messages: Vec<Message> =
        lines.map(serde_json::from_slice).collect::<Result<_, _>>().context("cargo's messages")?;
    // Without it, cargo has not even come to compile anything.
    if !messages.iter().any(|message| message.reason == "build-finished") {
        bail!(
            "cargo cannot build the changed listings in {}\n{}",
            scratch.display(),
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok((output.status.success(), messages))
}

/// The manifest of a batch: what the listing depends on, and no more.
fn manifest(listing: &Path) -> Result<String> {
    let mut manifest = read_table(&listing.join("Cargo.toml"))?;
    manifest.remove("lib");
    manifest.remove("bin");
    if let Some(Value::Table(package)) = manifest.get_mut("package") {
        package.remove("metadata");
    }
    if let Some(Value::Table(more)) = manifest.remove("dev-dependencies") {
        let all = manifest.entry("dependencies").or_insert_with(|| Value::Table(Table::new()));
        if let Value::Table(all) = all {
            all.extend(more);
        }
    }
    Ok(toml::to_string(&manifest)?)
}

/// The manifest of the workspace of all batches: that of the book, without its packages.
fn workspace(root: &Path, scratch: &Path, batches: &[&Batch]) -> Result<String> {
    let mut manifest = read_table(&root.join("Cargo.toml"))?;
    manifest.retain(|key, _| key == "workspace" || key == "profile");
    let Some(Value::Table(workspace)) = manifest.get_mut("workspace") else {
        bail!("Cargo.toml: there is no [workspace]");
    };
    workspace.remove("default-members");
    let members = batches.iter().map(|batch| {
        let folder = batch.folder.strip_prefix(scratch).unwrap_or(&batch.folder);
        Value::from(folder.to_string_lossy().replace('\\', "/"))
    });
    workspace.insert("members".to_owned(), Value::Array(members.collect()));
    if let Some(Value::Table(dependencies)) = workspace.get_mut("dependencies") {
        for (_, dependency) in dependencies {
            if let Some(Value::String(path)) = dependency.get_mut("path") {
                *path = root.join(&*path).to_string_lossy().into_owned();
            }
        }
    }
    Ok(toml::to_string(&manifest)?)
}

fn read_table(file: &Path) -> Result<Table> {
    let text =
        fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    toml::from_str(&text).with_context(|| format!("cannot use {}", file.display()))
}

fn write(file: &Path, text: &str) -> Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
}
