//! Every exercise is one: the proof of what the reader starts with compiles, and fails, in the words
//! that the page promises. That its solution passes the same proof is for the listing to show.

use std::{
    env,
    path::Path,
    process::{Command, Output},
};

use mdbook_listings::Catalogue;

/// What a reader starts with.
struct Start {
    name: String,
    chapter: String,
    /// What the proof says to it.
    words: String,
}

#[test]
fn every_starting_point_fails_in_the_words_that_the_page_promises() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let catalogue = Catalogue::load(root).unwrap_or_else(|error| panic!("{error}"));
    let starts: Vec<Start> = catalogue
        .exercises()
        .map(|exercise| Start {
            name: exercise.name().to_owned(),
            chapter: exercise.chapter().to_owned(),
            words: exercise.expected_failure().to_owned(),
        })
        .collect();
    let problems = problems(&starts, prove(&mut cargo(root)));
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n\n"));
}

/// The cargo that runs these tests. It builds into the same folder: the outer one holds no lock while
/// tests run.
fn cargo(workspace: &Path) -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(workspace);
    // Nothing is recorded here.
    cargo.env_remove("TIMELINE").env("CARGO_TERM_COLOR", "never").env("RUST_BACKTRACE", "0");
    cargo
}

/// Runs the proofs of all of them: the package `starting-points` consists of these.
fn prove(cargo: &mut Command) -> Output {
    cargo.args(["test", "--doc", "--package", "starting-points", "--locked", "--offline"]);
    cargo.output().expect("cargo runs this test")
}

/// What is wrong with each of them, by what the proofs have printed.
fn problems(starts: &[Start], output: Output) -> Vec<String> {
    let [printed, errors] =
        [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    if !printed.lines().any(|line| line.starts_with("running ")) {
        return vec![format!("exercises: no proof was run\n{errors}")];
    }
    let problem = |start: &Start| {
        let Start { name, chapter, words } = start;
        let test = format!("/exercises/{chapter}/{name}/src/lib.rs - ");
        let said = printed
            .split("\n---- ")
            .skip(1)
            .find(|part| part.lines().next().is_some_and(|line| line.contains(&test)))
            .map(|part| part.split("\n\nfailures:\n").next().unwrap_or(part).trim_end());
        let verdict = printed.lines().find_map(|line| {
            let (name, verdict) = line.strip_prefix("test ")?.rsplit_once(" ... ")?;
            name.contains(&test).then_some(verdict)
        });
        let (what, said) = match (verdict, said) {
            (Some("FAILED"), Some(said)) if said.contains("Couldn't compile the test.") => {
                ("its proof does not compile", said)
            }
            (Some("FAILED"), Some(said)) if said.contains(words) => return None,
            (Some("FAILED"), Some(said)) => ("its proof fails in other words", said),
            (Some("ok"), _) => ("its proof passes: there is nothing to do", ""),
            _ => ("its proof was not run", errors.as_str()),
        };
        Some(format!(
            "exercises/{chapter}/{name}: {what}; at first it should say `{words}`\n{said}"
        ))
    };
    starts.iter().filter_map(problem).collect()
}

mod a_starting_point {
    use std::fs;

    use super::*;

    /// What is wrong with the exercises that are these programs, each with the assertion of its proof.
    fn problems_of(exercises: &[(&str, &str)]) -> Vec<String> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let write = |path: &str, text: String| {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("it is in the folder")).expect("a new folder");
            fs::write(path, text).expect("a new file");
        };
        let package = |name: &str| format!("name = \"{name}\"\nversion = \"0.1.0\"\n");
        let mut starts = Vec::new();
        let mut dependencies = String::new();
        let mut lock = "version = 4\n".to_owned();
        for (i, (program, assertion)) in exercises.iter().enumerate() {
            let name = format!("exercise-{i}");
            let folder = format!("exercises/chapter/{name}");
            write(
                &format!("{folder}/Cargo.toml"),
                format!("[package]\n{}edition = \"2024\"\n", package(&name)),
            );
            let proof = format!(
                "//! Task.\n//!\n//! ```\n//! use exercise_{i}::*;\n//! {assertion}\n//! ```\n"
            );
            write(&format!("{folder}/src/lib.rs"), format!("{proof}\n{program}\n"));
            lock += &format!("\n[[package]]\n{}", package(&name));
            dependencies += &format!("{name}.path = \"{folder}\"\n");
            let words = "the sum is 3, not 4".to_owned();
            starts.push(Start { name, chapter: "chapter".to_owned(), words });
        }
        // All that a merged proof needs of it.
        write("timeline/Cargo.toml", format!("[package]\n{}", package("timeline")));
        write("timeline/src/lib.rs", "pub fn recordings_in(_: &str) {}\n".to_owned());
        lock += &format!("\n[[package]]\n{}", package("timeline"));
        dependencies += "timeline.path = \"timeline\"\n";
        let names: Vec<String> =
            starts.iter().map(|start| format!(" {:?},\n", start.name)).collect();
        lock += &format!(
            "\n[[package]]\n{}dependencies = [\n{} \"timeline\",\n]\n",
            package("starting-points"),
            names.concat()
        );
        write("Cargo.lock", lock);
        write(
            "Cargo.toml",
            format!(
                "[workspace]\n[package]\n{}edition = \"2024\"\n[dependencies]\n{dependencies}",
                package("starting-points")
            ),
        );
        // Next to `src/lib.rs`, what the build script writes elsewhere.
        proofs_build::merge(folder.path(), "exercises", &folder.path().join("src"))
            .unwrap_or_else(|error| panic!("{error}"));
        write("src/lib.rs", "include!(\"proofs.rs\");\n".to_owned());
        let mut cargo = cargo(folder.path());
        cargo.env("CARGO_TARGET_DIR", folder.path().join("target"));
        problems(&starts, prove(&mut cargo))
    }

    #[test]
    fn must_compile_and_fail_in_the_right_words() {
        const SUM: &str = "pub fn sum() -> u32 { 1 + 2 }";
        let problems = problems_of(&[
            (SUM, "assert!(sum() == 4, \"the sum is {}, not 4\", sum());"),
            (SUM, "assert!(sum() == 3, \"the sum is {}, not 4\", sum());"),
            (SUM, "assert!(sum() == 4, \"the sum is {}\", sum());"),
            (SUM, "assert!(add() == 4, \"the sum is 3, not 4\");"),
        ]);
        let at_first = "; at first it should say `the sum is 3, not 4`\n";
        assert_eq!(problems.len(), 3, "{problems:#?}");
        assert_eq!(
            problems[0],
            format!(
                "exercises/chapter/exercise-1: its proof passes: there is nothing to do{at_first}"
            )
        );
        for (problem, what, said) in [
            (&problems[1], "exercise-2: its proof fails in other words", "\nthe sum is 3"),
            (&problems[2], "exercise-3: its proof does not compile", "cannot find function `add`"),
        ] {
            assert!(
                problem.starts_with(&format!("exercises/chapter/{what}{at_first}")),
                "{problem}"
            );
            assert!(problem.contains(said), "{problem}");
            assert!(!problem.contains("test result"), "{problem}");
        }
    }

    #[test]
    fn that_does_not_compile_is_reported() {
        let problems = problems_of(&[("pub fn sum() -> u32 { \"\" }", "assert!(sum() == 4);")]);
        assert_eq!(problems.len(), 1, "{problems:#?}");
        assert!(problems[0].starts_with("exercises: no proof was run"), "{problems:#?}");
        assert!(problems[0].contains("mismatched types"), "{problems:#?}");
    }
}
