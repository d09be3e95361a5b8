//! What skeptic calls instead of `rustc` to compile a block of the book.
//!
//! It calls `rustc`, and adds what skeptic 0.14 lacks:
//!
//! * Blocks are edition 2024, or that of their listing if it says another one. skeptic has one for
//!   all, and knows editions up to 2021 only.
//! * A block sees the crates that a listing may use. skeptic would offer it every crate that is
//!   somewhere below the book's tests.
//! * A block that was compiled before, with the same compiler and the same crates, is not compiled
//!   again. skeptic's own cache copies executables in the process of the tests, where a file that
//!   is still open for writing cannot be run; here the copy is made by a process of its own.
//! * A program that must be rejected has to be rejected with the right message. skeptic expects
//!   the compiler to fail, so this one succeeds where it should have failed, and where it failed
//!   with another message.

use std::{
    env,
    ffi::OsString,
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    io::{self, Write},
    path::{Path, PathBuf},
    process::{Command, ExitCode, Output, id},
};

use mdbook_listings::blocks::{EDITION, REJECTED};

/// The crates that a block may use: those of the listings, and the one that proves them.
const CRATES: [&str; 12] = [
    "async_stream",
    "cpu_time",
    "futures",
    "memory_stats",
    "num_threads",
    "rand",
    "rayon",
    "timeline",
    "tokio",
    "tokio_stream",
    "tokio_util",
    "tracing",
];

fn main() -> ExitCode {
    match compile(env::args_os().skip(1)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("block-compiler: {error}");
            ExitCode::FAILURE
        }
    }
}

fn compile(arguments: impl Iterator<Item = OsString>) -> io::Result<ExitCode> {
    let arguments: Vec<OsString> = arguments.collect();
    let mut job = Job::parse(arguments.iter().cloned());
    if job.program.as_os_str().is_empty() {
        // Not a block: cargo, which skeptic calls too, asks the compiler for its version.
        return report(rustc().args(arguments).output()?);
    }
    let program = fs::read_to_string(&job.program)?;
    if let Some(message) = program.lines().next().and_then(|line| line.strip_prefix(REJECTED)) {
        return reject(&job, message);
    }
    if let Some(edition) = program.lines().find_map(|line| line.strip_prefix(EDITION)) {
        job.edition = edition.to_owned();
    }
    let Some(executable) = &job.executable else {
        return report(job.rustc().output()?);
    };
    let kept = job.kept(&program)?;
    if fs::hard_link(&kept, executable).or_else(|_| fs::copy(&kept, executable).map(drop)).is_ok() {
        return Ok(ExitCode::SUCCESS);
    }
    let output = job.rustc().output()?;
    if output.status.success() {
        keep(executable, &kept)?;
    }
    report(output)
}

/// The real compiler.
fn rustc() -> Command {
    let mut rustc = Command::new("rustc");
    rustc.env_remove("RUSTC");
    rustc
}

/// Compiles a program that must be rejected with a message that begins with `message`. Fails, as
/// skeptic expects, only if it is.
fn reject(job: &Job, message: &str) -> io::Result<ExitCode> {
    let output = job.rustc().output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    let as_expected = !message.is_empty() && said.lines().any(|line| line == message);
    if as_expected && !output.status.success() {
        return report(output);
    }
    eprintln!("the compiler should have said `{message}`, and said:\n{said}");
    Ok(ExitCode::SUCCESS)
}

/// What skeptic asks for.
struct Job {
    /// The file of the program.
    program: PathBuf,
    /// The executable to write; none if the program is only to be checked.
    executable: Option<PathBuf>,
    /// The folder that cargo builds into.
    target: PathBuf,
    /// The crates that the program sees: name and file.
    crates: Vec<(String, PathBuf)>,
    /// The edition of the program.
    edition: String,
    /// The other arguments for `rustc`.
    arguments: Vec<OsString>,
}

impl Job {
    fn parse(arguments: impl Iterator<Item = OsString>) -> Job {
        let mut job = Job {
            program: PathBuf::new(),
            executable: None,
            target: PathBuf::new(),
            crates: Vec::new(),
            edition: "2024".to_owned(),
            arguments: vec!["-Cstrip=symbols".into()],
        };
        let mut arguments = arguments.peekable();
        while let Some(argument) = arguments.next() {
            match argument.to_str() {
                // Given above; and what is only for people to read.
                Some("--verbose") => continue,
                Some(edition) if edition.starts_with("--edition=") => continue,
                Some("--extern") => {
                    let Some(value) = arguments.next() else { break };
                    let krate = value.to_str().and_then(|value| value.split_once('='));
                    if let Some((name, file)) = krate
                        && CRATES.contains(&name)
                    {
                        job.crates.push((name.to_owned(), file.into()));
                        job.arguments.extend([argument, value]);
                    }
                    continue;
                }
                Some("-o") => job.executable = arguments.peek().map(PathBuf::from),
                // The first is the folder of the profile, the second the one of the crates.
                Some("-L") if job.target.as_os_str().is_empty() => {
                    job.target = arguments.peek().map(PathBuf::from).unwrap_or_default();
                }
                Some(file) if job.program.as_os_str().is_empty() && file.ends_with(".rs") => {
                    job.program = file.into();
                }
                _ => {}
            }
            job.arguments.push(argument);
        }
        job
    }

    fn rustc(&self) -> Command {
        let mut rustc = rustc();
        rustc.arg(format!("--edition={}", self.edition)).args(&self.arguments);
        rustc
    }

    /// Where the executable of this program is kept, once it was compiled. The name depends on
    /// the program, on the compiler and on every crate that the program names.
    fn kept(&self, program: &str) -> io::Result<PathBuf> {
        let mut hasher = DefaultHasher::new();
        program.hash(&mut hasher);
        env::var_os("RUSTUP_TOOLCHAIN").hash(&mut hasher);
        for (name, file) in &self.crates {
            if program.contains(name.as_str()) {
                let metadata = fs::metadata(file)?;
                (file, metadata.len(), metadata.modified()?).hash(&mut hasher);
            }
        }
        Ok(self.target.join("blocks").join(format!("{:016x}", hasher.finish())))
    }
}

/// Keeps an executable. Two blocks can be the same program and be compiled at once, so it is
/// copied to a name of its own first, and takes its place whole.
fn keep(executable: &Path, kept: &Path) -> io::Result<()> {
    if let Some(folder) = kept.parent() {
        fs::create_dir_all(folder)?;
    }
    let own = kept.with_extension(id().to_string());
    fs::copy(executable, &own)?;
    fs::rename(&own, kept)
}

/// Passes on what `rustc` said.
fn report(output: Output) -> io::Result<ExitCode> {
    io::stdout().write_all(&output.stdout)?;
    io::stderr().write_all(&output.stderr)?;
    Ok(match output.status.success() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}
