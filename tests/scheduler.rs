//! One scheduler: what the page shows is what `cargo run` runs, what the proof proves and what the
//! block test compiles and runs. The only change that a test makes is the clock.

use std::{fs, path::Path};

use mdbook_listings::{Catalogue, blocks};
use syn::{File, Item, Meta};

/// What `src/verified.md` says is replaced in a program before its block is compiled and run.
const CLOCK: [(&str, &str); 2] = [
    (
        r#"#[tokio::main(flavor = "current_thread")]"#,
        r#"#[tokio::main(flavor = "current_thread", start_paused = true)]"#,
    ),
    ("Duration::from_secs(", "Duration::from_millis("),
];

/// The number of workers that a program or a proof asks for.
#[derive(Debug, PartialEq)]
enum Scheduler {
    /// It makes no runtime.
    None,
    OneThread,
    Workers(String),
    /// As many workers as the machine has processors.
    Unsaid,
}

#[test]
fn a_program_says_on_which_threads_it_runs_and_its_proof_uses_as_many() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut wrong = Vec::new();
    let mut read = 0;
    for file in walk(&root.join("listings")).chain(walk(&root.join("exercises"))) {
        let text = fs::read_to_string(&file).expect("a program is text");
        if let Some(message) = disagreement(&text) {
            wrong.push(format!("{}: {message}", file.display()));
        }
        read += 1;
    }
    assert!(read > 100, "only {read} programs were found");
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// The programs in `<folder>/<chapter>/<name>`.
fn walk(folder: &Path) -> impl Iterator<Item = std::path::PathBuf> {
    let folders = |folder: &Path| {
        let entries = fs::read_dir(folder).expect("a folder");
        entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_dir())
    };
    let programs: Vec<_> = folders(folder).flat_map(|chapter| folders(&chapter)).collect();
    programs.into_iter().map(|program| program.join("src/lib.rs"))
}

/// What is wrong with the runtimes of a program and of its proof, if anything.
fn disagreement(text: &str) -> Option<String> {
    let (proof, program): (Vec<&str>, Vec<&str>) =
        text.lines().partition(|line| line.starts_with("//!"));
    let program = program.join("\n");
    let shown = match attribute(&syn::parse_file(&program).expect("it is Rust")) {
        Some(arguments) => scheduler(&arguments),
        None => scheduler(&program),
    };
    let proved = scheduler(&proof.join("\n"));
    match (&shown, &proved) {
        (Scheduler::Unsaid, _) => Some(
            "it runs on as many threads as the machine has processors; say `flavor = \
             \"current_thread\"`, or `\"multi_thread\"` with `worker_threads`"
                .to_owned(),
        ),
        (_, Scheduler::Unsaid) => Some(
            "the proof runs on as many threads as the machine has processors; make the runtime by \
             `Builder::new_current_thread()`, or say how many workers there are"
                .to_owned(),
        ),
        // On the virtual clock, `timeline::record` brings a runtime with one thread.
        (Scheduler::None | Scheduler::OneThread, Scheduler::None | Scheduler::OneThread) => None,
        (Scheduler::Workers(_), Scheduler::None) if program.contains("new_multi_thread") => None,
        _ if shown == proved => None,
        _ => Some(format!("the program runs on {shown:?} and the proof on {proved:?}")),
    }
}

/// The arguments of `#[tokio::main]`, if the program has it.
fn attribute(file: &File) -> Option<String> {
    let mut attributes = file.items.iter().filter_map(|item| match item {
        Item::Fn(function) => Some(&function.attrs),
        _ => None,
    });
    attributes.by_ref().flatten().find_map(|attribute| {
        let path = attribute.path();
        let is_main = path.segments.iter().map(|part| part.ident.to_string()).eq(["tokio", "main"]);
        let arguments = || match &attribute.meta {
            Meta::List(list) => format!("tokio::main({})", list.tokens),
            _ => "tokio::main()".to_owned(),
        };
        is_main.then(arguments)
    })
}

/// The runtime that a text makes, which is the attribute's arguments or code with a builder.
fn scheduler(text: &str) -> Scheduler {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let workers = ["worker_threads(", "worker_threads="].iter().find_map(|before| {
        let (_, after) = text.split_once(before)?;
        Some(after.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect())
    });
    if text.contains("Runtime::new()") || text.contains("tokio::main()") {
        Scheduler::Unsaid
    } else if text.contains("new_multi_thread") || text.contains("\"multi_thread\"") {
        workers.map_or(Scheduler::Unsaid, Scheduler::Workers)
    } else if text.contains("new_current_thread") || text.contains("\"current_thread\"") {
        Scheduler::OneThread
    } else {
        Scheduler::None
    }
}

#[test]
fn nothing_but_the_clock_is_changed_in_a_block() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let catalogue = Catalogue::load(root).unwrap_or_else(|error| panic!("{error}"));
    for listing in catalogue.listings() {
        let file = root.join("listings").join(listing.chapter()).join(listing.name());
        let text = fs::read_to_string(file.join("src/lib.rs")).expect("a program is text");
        let program: Vec<&str> = text.lines().filter(|line| !line.starts_with("//!")).collect();
        let page = format!("````rust,program\n{}\n````\n", program.join("\n"));
        let prepared = blocks::prepare(&page);
        let mut tested = prepared.lines().filter(|line| !line.starts_with("```"));
        for line in program {
            let expected = CLOCK
                .iter()
                .fold(line.to_owned(), |line, (shown, tested)| line.replace(shown, tested));
            // skeptic takes a line that begins so for a hidden one, and removes the mark.
            let tested = tested.next().expect("a line for each line");
            let tested =
                tested.strip_prefix("# #").map_or(tested.to_owned(), |line| format!("#{line}"));
            assert_eq!(tested, expected, "{}", listing.name());
        }
        assert_eq!(tested.next(), None, "{}", listing.name());
    }
}

#[test]
fn the_page_says_what_is_changed() {
    let page = include_str!("../src/verified.md").split_whitespace().collect::<Vec<_>>().join(" ");
    let [(shown, _), (seconds, milliseconds)] = CLOCK;
    for words in [shown, "start_paused = true", seconds, milliseconds] {
        let words = words.trim_end_matches('(');
        assert!(page.contains(words), "src/verified.md does not say `{words}`");
    }
}
