//! How the time of an expansion grows with the number of listings: linearly. The column of items
//! per second counts listings, and stays the same.

use std::{
    fs,
    path::{Path, PathBuf},
};

use divan::{Bencher, counter::ItemsCount};
use mdbook_listings::{Catalogue, blocks};
use tempfile::TempDir;

fn main() {
    divan::main();
}

const SIZES: [usize; 3] = [10, 100, 1_000];

/// How many listings a chapter has.
const CHAPTER: usize = 10;

/// A book with this many listings, in a temporary folder.
struct Book {
    folder: TempDir,
    /// The files of the chapters and their texts.
    chapters: Vec<(PathBuf, String)>,
}

impl Book {
    fn new(listings: usize) -> Book {
        let folder = tempfile::tempdir().expect("a temporary folder");
        // One of the book's own listings, many times.
        let join = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../listings/concurrent/join");
        let read = |file: &str| fs::read_to_string(join.join(file)).expect("a file of the listing");
        let (lib, recording) = (read("src/lib.rs"), read("timeline.toml"));
        let mut chapters = Vec::new();
        for first in (0..listings).step_by(CHAPTER) {
            let mut text = format!("# Chapter {first}\n");
            for name in (first..listings.min(first + CHAPTER)).map(|i| format!("listing-{i}")) {
                let listing = folder.path().join(format!("listings/chapter-{first}/{name}"));
                fs::create_dir_all(listing.join("src")).expect("a new folder");
                let manifest = format!("[package]\nname = \"{name}\"\n");
                fs::write(listing.join("Cargo.toml"), manifest).expect("a new file");
                fs::write(listing.join("src/lib.rs"), &lib).expect("a new file");
                fs::write(listing.join("timeline.toml"), &recording).expect("a new file");
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
