//! How the time of an expansion grows with the number of listings: linearly. The column of items
//! per second counts listings, and stays the same.

use std::{fs, path::PathBuf};

use divan::{Bencher, counter::ItemsCount};
use mdbook_listings::{Catalogue, blocks};
use tempfile::TempDir;

fn main() {
    divan::main();
}

const SIZES: [usize; 3] = [10, 100, 1_000];

/// How many listings a chapter has.
const CHAPTER: usize = 10;

const LIB: &str = r#"//! Three calls joined take as long as the slowest.
//!
//! ```
//! let (sums, run) = timeline::record(join::three_calls());
//! assert_eq!(run.completion_order(), [3, 1, 2]);
//! run.assert_recorded();
//! ```

use std::time::Duration;

/// The entry of the program.
#[tokio::main]
pub async fn main() {
    let sums = three_calls().await;
    println!("the sums, in the order of the calls: {sums:?}");
}

/// Makes three calls and awaits them together.
pub async fn three_calls() -> (u32, u32, u32) {
    tokio::join!(
        random_add(1, Duration::from_secs(5)),
        random_add(2, Duration::from_secs(8)),
        random_add(3, Duration::from_secs(2)),
    )
}

/// Waits for `delay`, draws five random numbers, prints them and returns their sum.
#[tracing::instrument(ret)]
pub async fn random_add(call: u32, delay: Duration) -> u32 {
    println!("call {call} starts");
    tokio::time::sleep(delay).await;
    let numbers: [u32; 5] = std::array::from_fn(|_| rand::random_range(1..=100));
    let sum = numbers.iter().sum();
    println!("call {call} returns: {numbers:?} add up to {sum}");
    sum
}
"#;

/// A book with this many listings, in a temporary folder.
struct Book {
    folder: TempDir,
    /// The files of the chapters and their texts.
    chapters: Vec<(PathBuf, String)>,
}

impl Book {
    fn new(listings: usize) -> Book {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut chapters = Vec::new();
        for first in (0..listings).step_by(CHAPTER) {
            let mut text = format!("# Chapter {first}\n");
            for name in (first..listings.min(first + CHAPTER)).map(|i| format!("listing-{i}")) {
                let listing = folder.path().join(format!("listings/chapter-{first}/{name}"));
                fs::create_dir_all(listing.join("src")).expect("a new folder");
                let manifest = format!("[package]\nname = \"{name}\"\n");
                fs::write(listing.join("Cargo.toml"), manifest).expect("a new file");
                fs::write(listing.join("src/lib.rs"), LIB).expect("a new file");
                fs::write(listing.join("timeline.toml"), recording()).expect("a new file");
                text += &format!(
                    "\n## {name}\n\nA question, `in` *Markdown*.\n\n{{{{#predict {name}}}}}\n\n\
                     {{{{#listing {name} three_calls}}}}\n\n{{{{#timeline {name} polls}}}}\n\n\
                     It takes {{{{#time {name} total}}}}.\n\n{{{{#proof {name}}}}}\n"
                );
            }
            chapters.push((PathBuf::from(format!("src/chapter-{first}.md")), text));
        }
        chapters.push((PathBuf::from("src/listings.md"), "{{#catalogue}}\n".to_owned()));
        Book { folder, chapters }
    }

    fn catalogue(&self) -> Catalogue {
        Catalogue::load(self.folder.path()).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Every chapter, expanded.
    fn pages(&self, catalogue: &Catalogue) -> Vec<String> {
        let pages = self.chapters.iter().map(|(file, text)| catalogue.expand(file, text));
        pages.collect::<Result<_, _>>().expect("nothing is wrong with the book")
    }
}

fn recording() -> String {
    let mut text = "clock = \"virtual\"\ntotal = \"8s\"\n".to_owned();
    for (call, end, order) in [(1, 5, 2), (2, 8, 3), (3, 2, 1)] {
        text += &format!(
            "\n[[call]]\nname = \"random_add\"\ncall = {call}\narguments = {{ delay = \"{end}s\" }}\n\
             start = \"0s\"\npolls = [\"0s\", \"{end}s\"]\nend = \"{end}s\"\noutcome = \"returned\"\n\
             order = {order}\n"
        );
    }
    text
}

/// Reads all listings and their recordings.
#[divan::bench(args = SIZES, sample_count = 10)]
fn load(bencher: Bencher, listings: usize) {
    let book = Book::new(listings);
    bencher.counter(ItemsCount::new(listings)).bench(|| book.catalogue());
}

/// Expands all chapters, each listing shown in every way.
#[divan::bench(args = SIZES, sample_count = 10)]
fn expand(bencher: Bencher, listings: usize) {
    let book = Book::new(listings);
    let catalogue = book.catalogue();
    bencher.counter(ItemsCount::new(listings)).bench(|| book.pages(&catalogue));
}

/// Prepares all expanded chapters for skeptic.
#[divan::bench(args = SIZES, sample_count = 10)]
fn prepare(bencher: Bencher, listings: usize) {
    let book = Book::new(listings);
    let pages = book.pages(&book.catalogue());
    bencher
        .counter(ItemsCount::new(listings))
        .bench(|| pages.iter().map(|page| blocks::prepare(page)).collect::<Vec<_>>());
}
