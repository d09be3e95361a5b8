//! A book of recordings that no program made: larger and stranger than those of listings.

use std::{fmt::Write as _, fs, path::Path, sync::LazyLock};

use crate::site::{ROOT, Site};

/// A book with one page, `made.html`, which shows these runs:
///
/// * `hundred`: a hundred calls, joined;
/// * `polled`: a call that is polled ten thousand times;
/// * `hostile`: calls with the names [`HOSTILE`].
pub static MADE: LazyLock<Site> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, content: &[u8]| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("it is in the book")).expect("a new folder");
        fs::write(path, content).expect("a new file");
    };
    for file in theme_files() {
        write(&file, &fs::read(Path::new(ROOT).join(&file)).expect("a file of the book"));
    }
    write("src/SUMMARY.md", b"# Summary\n\n- [Made](made.md)\n");
    let mut page = "# Made {#made}\n".to_owned();
    for (name, recording) in [("hundred", hundred()), ("polled", polled()), ("hostile", hostile())]
    {
        let listing = format!("listings/made/{name}");
        let manifest = format!("[package]\nname = \"{name}\"\n");
        write(&format!("{listing}/Cargo.toml"), manifest.as_bytes());
        write(&format!("{listing}/src/lib.rs"), PROGRAM.as_bytes());
        write(&format!("{listing}/timeline.toml"), recording.as_bytes());
        write!(page, "\n{{{{#timeline {name} polls}}}}\n").expect("a String takes any text");
    }
    write("src/made.md", page.as_bytes());
    Site::start(folder.path())
});

/// The configuration of the book, and the sources of its theme.
fn theme_files() -> Vec<String> {
    let mut files = vec!["book.toml".to_owned()];
    for folder in ["theme", "theme/scripts", "theme/styles"] {
        for entry in fs::read_dir(Path::new(ROOT).join(folder)).expect("a folder of the theme") {
            let entry = entry.expect("an entry");
            if entry.file_type().expect("its type").is_file() {
                files.push(format!("{folder}/{}", entry.file_name().display()));
            }
        }
    }
    files
}

const PROGRAM: &str = "//! Nothing.\n//!\n//! ```\n//! ```\n\n/// The entry.\npub fn main() {}\n";

/// Names that try to be markup, to fill the page, to be wider than it, and to turn its text around.
pub const HOSTILE: [&str; 6] = [
    "<script>document.title = 'taken'</script>",
    "]]> --> &lt; \" ' {{x}} *y* `z`",
    "a_name_of_five_hundred_letters_",
    "세_번의_호출을_동시에_기다리는_함수의_이름은_이렇게_길_수도_있다",
    "استدعاء_الدالة",
    "turned_\u{202e}around\u{2069}\u{2069}",
];

fn hundred() -> String {
    let calls = (1..=100).map(|i| {
        // They complete in another order than that in which they are made.
        let end = i * 37 % 101;
        // Whenever one of them is woken, all are polled, as those of a `join!` are.
        let polls: Vec<String> = (0..=end).map(|s| format!("\"{s}s\"")).collect();
        format!(
            "name = \"made\"\ncall = {i}\nstart = \"0s\"\npolls = [{}]\nend = \"{end}s\"\noutcome = \
             \"returned\"\norder = {end}",
            polls.join(", ")
        )
    });
    run("100s", calls)
}

fn polled() -> String {
    let polls: Vec<String> = (0..10_000).map(|ms| format!("\"{ms}ms\"")).collect();
    let call = format!(
        "name = \"polled\"\nstart = \"0s\"\npolls = [{}]\nend = \"10s\"\noutcome = \
         \"returned\"\norder = 1",
        polls.join(", ")
    );
    run("10s", [call])
}

fn hostile() -> String {
    let calls = HOSTILE.iter().enumerate().map(|(position, name)| {
        let name = if position == 2 { name.repeat(16) } else { (*name).to_owned() };
        let end = position + 1;
        format!(
            "name = {name:?}\nstart = \"0s\"\npolls = [\"0s\"]\nend = \"{end}s\"\noutcome = \
             \"returned\"\norder = {end}"
        )
        .replace("\\u{202e}", "\\u202e")
        .replace("\\u{2069}", "\\u2069")
        .replace("\\'", "'")
    });
    run("6s", calls)
}

fn run(total: &str, calls: impl IntoIterator<Item = String>) -> String {
    let head = format!("clock = \"virtual\"\ntotal = \"{total}\"\n");
    calls.into_iter().fold(head, |run, call| format!("{run}\n[[call]]\n{call}\n"))
}
