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
    // Without a name, cargo would test the whole workspace.
    if starts.is_empty() {
        return;
    }
    let problems = problems(&starts, prove(&mut cargo(root), &starts));
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

/// Runs the proofs of all of them.
fn prove(cargo: &mut Command, starts: &[Start]) -> Output {
    cargo.args(["test", "--doc", "--no-fail-fast", "--locked", "--offline"]);
    for Start { name, .. } in starts {
        cargo.args(["--package", name]);
    }
    cargo.output().expect("cargo runs this test")
}

/// What is wrong with each of them, by what the proofs have printed.
fn problems(starts: &[Start], output: Output) -> Vec<String> {
    let [printed, errors] =
        [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let problem = |start: &Start| {
        let Start { name, chapter, words } = start;
        let test = format!("exercises/{chapter}/{name}/src/lib.rs - (line ");
        let said = printed
            .split("\n---- ")
            .skip(1)
            .find(|part| part.starts_with(&test))
            .map(|part| part.split("\n\nfailures:\n").next().unwrap_or(part).trim_end());
        let verdict = printed.lines().find_map(|line| {
            let (_, verdict) =
                line.strip_prefix("test ")?.strip_prefix(&test)?.rsplit_once(" ... ")?;
            Some(verdict)
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
        write(
            "Cargo.toml",
            "[workspace]\nmembers = [\"exercises/*/*\"]\nresolver = \"3\"\n".to_owned(),
        );
        let mut lock = "version = 4\n".to_owned();
        let mut starts = Vec::new();
        for (i, (program, assertion)) in exercises.iter().enumerate() {
            let name = format!("exercise-{i}");
            let package = format!("name = \"{name}\"\nversion = \"0.1.0\"\n");
            lock += &format!("\n[[package]]\n{package}");
            let folder = format!("exercises/chapter/{name}");
            write(
                &format!("{folder}/Cargo.toml"),
                format!("[package]\n{package}edition = \"2024\"\n"),
            );
            let proof = format!(
                "//! Task.\n//!\n//! ```standalone_crate\n//! use exercise_{i}::*;\n//! {assertion}\n//! ```\n"
            );
            write(&format!("{folder}/src/lib.rs"), format!("{proof}\n{program}\n"));
            let words = "the sum is 3, not 4".to_owned();
            starts.push(Start { name, chapter: "chapter".to_owned(), words });
        }
        write("Cargo.lock", lock);
        let mut cargo = cargo(folder.path());
        cargo.env("CARGO_TARGET_DIR", folder.path().join("target"));
        problems(&starts, prove(&mut cargo, &starts))
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
        assert!(problems[0].contains("exercise-0: its proof was not run"), "{problems:#?}");
        assert!(problems[0].contains("mismatched types"), "{problems:#?}");
    }
}
