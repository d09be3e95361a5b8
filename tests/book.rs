//! The rendered book: what a reader gets to see is complete, and refers to nothing that is not
//! there.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Component, Path, PathBuf},
    sync::LazyLock,
};

use mdbook_driver::{MDBook, book::BookItem, config::Config};
use mdbook_listings::{Catalogue, Listings};
use mdbook_markdown::{
    MarkdownOptions, new_cmark_parser,
    pulldown_cmark::{CodeBlockKind, Event, Tag},
};
use mdbook_theme::Theme;
use scraper::{ElementRef, Html, Node, Selector};

/// The book, rendered once for all tests.
static BOOK: LazyLock<Rendered> =
    LazyLock::new(|| Rendered::build(Path::new(env!("CARGO_MANIFEST_DIR"))));

struct Rendered {
    /// Holds the rendered files for as long as the tests run.
    _folder: tempfile::TempDir,
    root: PathBuf,
    /// Every page: its path in the book, and its text.
    pages: BTreeMap<PathBuf, String>,
}

impl Rendered {
    fn build(root: &Path) -> Rendered {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut config = Config::from_disk(root.join("book.toml")).expect("book.toml");
        // The commands of book.toml are `cargo run`s, which would wait for this `cargo test`.
        // Preprocessors of the same names take their places.
        config.build.build_dir = folder.path().to_owned();
        let mut book = MDBook::load_with_config(root, config).expect("the book can be read");
        book.with_preprocessor(Listings);
        book.with_preprocessor(Theme);
        book.build().unwrap_or_else(|error| panic!("the book does not build:\n{error:#}"));
        let mut pages = BTreeMap::new();
        for file in files_below(folder.path()) {
            if file.extension().is_some_and(|extension| extension == "html") {
                let path = file.strip_prefix(folder.path()).expect("it was found below").to_owned();
                pages.insert(path, fs::read_to_string(&file).expect("a page is text"));
            }
        }
        assert!(pages.len() > 3, "the book has almost no pages");
        Rendered { root: folder.path().to_owned(), _folder: folder, pages }
    }

    /// What `check` finds wrong, for every page that readers reach by the table of contents.
    fn check(&self, mut check: impl FnMut(&Html) -> Vec<String>) {
        let mut wrong = Vec::new();
        for (path, text) in &self.pages {
            for what in check(&Html::parse_document(text)) {
                wrong.push(format!("{}: {what}", path.display()));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => files.extend(files_below(&path)),
            false => files.push(path),
        }
    }
    files
}

fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    let selector = Selector::parse(selector).expect("a selector");
    page.select(&selector).collect()
}

fn text_of(element: ElementRef) -> String {
    element.text().collect()
}

/// The chapters as they are written: file relative to the root, and text.
fn chapters() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let book = MDBook::load(root).expect("the book can be read");
    let chapter = |item: &BookItem| match item {
        BookItem::Chapter(chapter) => {
            let path = chapter.source_path.as_ref()?;
            Some((Path::new("src").join(path), chapter.content.clone()))
        }
        _ => None,
    };
    book.iter().filter_map(chapter).collect()
}

#[test]
fn no_directive_is_left() {
    BOOK.check(|page| {
        let mut left = Vec::new();
        for node in page.tree.nodes() {
            // In code, a directive is what the page talks about; the search index is a script.
            let is_shown_as_text = |node: &Node| {
                node.as_element()
                    .is_some_and(|element| ["code", "script"].contains(&element.name()))
            };
            match node.value() {
                Node::Text(text)
                    if !node.ancestors().any(|node| is_shown_as_text(node.value())) =>
                {
                    left.push(text.to_string());
                }
                Node::Comment(comment) => left.push(comment.to_string()),
                Node::Element(element) => {
                    left.extend(element.attrs().map(|(_, value)| value.to_owned()))
                }
                _ => {}
            }
        }
        left.retain(|text| text.contains("{{"));
        left.into_iter().map(|text| format!("`{}` is not resolved", text.trim())).collect()
    });
}

#[test]
fn no_block_is_empty() {
    BOOK.check(|page| {
        let blocks = select(page, "main pre code, main figure, main details, main table");
        let empty = blocks.into_iter().filter(|block| text_of(*block).trim().is_empty());
        empty.map(|block| format!("an empty <{}>", block.value().name())).collect()
    });
}

#[test]
fn no_id_is_given_twice() {
    BOOK.check(|page| {
        let mut seen = BTreeSet::new();
        let ids = select(page, "[id]").into_iter().filter_map(|element| element.attr("id"));
        ids.filter(|id| !seen.insert(id.to_string()))
            .map(|id| format!("the id `{id}` is given twice"))
            .collect()
    });
}

#[test]
fn every_link_and_every_fragment_exists() {
    let ids: BTreeMap<&PathBuf, BTreeSet<String>> = BOOK
        .pages
        .iter()
        .map(|(path, text)| {
            let page = Html::parse_document(text);
            let ids = select(&page, "[id]").into_iter().filter_map(|element| element.attr("id"));
            (path, ids.map(str::to_owned).collect())
        })
        .collect();
    let mut wrong = Vec::new();
    let mut links = 0;
    for (path, text) in &BOOK.pages {
        let page = Html::parse_document(text);
        // The page for addresses that do not exist has its own base.
        if path == Path::new("404.html") {
            continue;
        }
        for element in select(&page, "[href], [src]") {
            let link =
                element.attr("href").or(element.attr("src")).expect("it was selected by them");
            if is_foreign(link) || link.starts_with("data:") || link.starts_with("javascript:") {
                continue;
            }
            links += 1;
            let (target, fragment) = link.split_once('#').unwrap_or((link, ""));
            let target = match target {
                "" => path.clone(),
                target => normal(&path.parent().unwrap_or(Path::new("")).join(target)),
            };
            if !BOOK.root.join(&target).exists() {
                wrong.push(format!("{}: {link}: there is no such file", path.display()));
            } else if !fragment.is_empty()
                && ids.get(&target).is_some_and(|ids| !ids.contains(fragment))
            {
                wrong.push(format!("{}: {link}: there is no such id", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(links > 100, "only {links} links were found");
}

fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => drop(normal.pop()),
            Component::CurDir => {}
            other => normal.push(other),
        }
    }
    normal
}

fn is_foreign(link: &str) -> bool {
    link.contains("://") || link.starts_with("//") || link.starts_with("mailto:")
}

/// A link may lead to another host; nothing that a page loads may.
#[test]
fn nothing_is_requested_from_another_host() {
    BOOK.check(|page| {
        let loaded = select(page, "[src], [srcset], [data], link[href], use[href], image[href]");
        loaded
            .into_iter()
            .flat_map(|element| ["src", "srcset", "data", "href"].map(|name| element.attr(name)))
            .flatten()
            .filter(|link| is_foreign(link))
            .map(|link| format!("{link} is requested from another host"))
            .collect()
    });
    let mut wrong = Vec::new();
    for file in files_below(&BOOK.root) {
        if file.extension().is_some_and(|extension| extension == "css") {
            let text = fs::read_to_string(&file).expect("a style sheet is text");
            let foreign = |found: &str| {
                text.contains(&format!("{found}http")) || text.contains(&format!("{found}//"))
            };
            if ["url(", "url('", "url(\"", "@import '", "@import \""].into_iter().any(foreign) {
                wrong.push(format!("{} requests something from another host", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_listing_exercise_and_rejected_program_is_shown() {
    let catalogue = Catalogue::load(Path::new(env!("CARGO_MANIFEST_DIR")))
        .unwrap_or_else(|error| panic!("{error}"));
    let mut listings: BTreeSet<&str> = catalogue.listings().map(|listing| listing.name()).collect();
    let with_output = catalogue.listings().filter(|listing| listing.has_output());
    let mut outputs: BTreeSet<&str> = with_output.map(|listing| listing.name()).collect();
    let mut exercises: BTreeSet<&str> =
        catalogue.exercises().map(|exercise| exercise.name()).collect();
    let mut rejected: BTreeSet<&str> = catalogue.rejected().collect();
    let mut recordings: BTreeSet<&str> = catalogue
        .listings()
        .flat_map(|listing| listing.runs().keys())
        .map(String::as_str)
        .collect();
    let pages: Vec<Html> = BOOK
        .pages
        .iter()
        .filter(|(path, _)| *path != Path::new("print.html"))
        .map(|(_, text)| Html::parse_document(text))
        .collect();
    for page in &pages {
        let shown = "[data-listing], [data-output], [data-exercise], [data-error], [data-run]";
        for element in select(page, shown) {
            element.attr("data-listing").map(|name| listings.remove(name));
            element.attr("data-output").map(|name| outputs.remove(name));
            element.attr("data-exercise").map(|name| exercises.remove(name));
            element.attr("data-error").map(|name| rejected.remove(name));
            element.attr("data-run").map(|name| recordings.remove(name));
        }
    }
    assert!(
        listings.is_empty(),
        "no page shows these listings: {listings:?}; use {{{{#listing …}}}}"
    );
    assert!(
        outputs.is_empty(),
        "no page shows what these listings printed: {outputs:?}; use {{{{#output …}}}}"
    );
    assert!(
        exercises.is_empty(),
        "no page shows these exercises: {exercises:?}; use {{{{#exercise …}}}}"
    );
    assert!(
        rejected.is_empty(),
        "no page shows these rejected programs: {rejected:?}; use {{{{#error …}}}}"
    );
    assert!(
        recordings.is_empty(),
        "no page shows these recorded runs: {recordings:?}; use {{{{#timeline …}}}}"
    );
}

#[test]
fn every_listing_and_every_exercise_belongs_to_a_chapter() {
    let catalogue = Catalogue::load(Path::new(env!("CARGO_MANIFEST_DIR")))
        .unwrap_or_else(|error| panic!("{error}"));
    let stems: BTreeSet<String> = chapters()
        .iter()
        .filter_map(|(file, _)| Some(file.file_stem()?.to_string_lossy().into_owned()))
        .collect();
    for listing in catalogue.listings() {
        assert!(
            stems.contains(listing.chapter()),
            "listings/{0}/{1}: SUMMARY.md names no chapter {0}.md",
            listing.chapter(),
            listing.name()
        );
    }
    for exercise in catalogue.exercises() {
        assert!(
            stems.contains(exercise.chapter()),
            "exercises/{0}/{1}: SUMMARY.md names no chapter {0}.md",
            exercise.chapter(),
            exercise.name()
        );
    }
}

#[test]
fn every_file_is_a_chapter() {
    let named: BTreeSet<PathBuf> = chapters().into_iter().map(|(file, _)| file).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for file in files_below(&root.join("src")) {
        let file = file.strip_prefix(root).expect("it was found below");
        assert!(
            file == Path::new("src/SUMMARY.md") || named.contains(file),
            "{}: SUMMARY.md does not name it",
            file.display()
        );
    }
}

#[test]
fn every_fence_has_a_language_and_every_heading_an_id() {
    let mut wrong = Vec::new();
    for (file, text) in chapters() {
        let events = new_cmark_parser(&text, &MarkdownOptions::default()).into_offset_iter();
        for (event, range) in events {
            let message = match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    if info.trim().is_empty() {
                        "this block has no language; say `text` if it is none"
                    } else if info.contains("ignore") {
                        "no block is ignored; find another way"
                    } else {
                        continue;
                    }
                }
                Event::Start(Tag::Heading { id: None, .. }) => {
                    "this heading has no id: `## Title {#title}`"
                }
                _ => continue,
            };
            let line = 1 + text[..range.start].matches('\n').count();
            wrong.push(format!("{}:{line}: {message}", file.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
