//! Exercises: what their documentation says, and whether their solutions are proved by the same.

use std::{
    ops::Range,
    path::{Path, PathBuf},
};

use mdbook_markdown::pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::{
    files::{file_name, read_shown},
    listing::Listing,
    names::{check_manifest, check_name},
    source::{Proof, Source, documentation},
};
use crate::{
    blocks,
    diagnostic::{Diagnostic, Diagnostics, relative, suggestion},
};

/// An exercise: a crate in `exercises/<chapter>/<name>`, which the reader changes until its proof
/// passes. Its solution is the listing `<name>-solved`.
#[derive(Debug)]
pub struct Exercise {
    pub(crate) name: String,
    pub(crate) chapter: String,
    /// The file of the program, relative to the root.
    pub(crate) file: PathBuf,
    pub(crate) source: Source,
    pub(crate) text: ExerciseDoc,
}

/// What the documentation of an exercise says, all of it Markdown.
#[derive(Debug, PartialEq)]
pub(crate) struct ExerciseDoc {
    /// The first paragraph.
    pub(crate) task: String,
    /// What stands between the task and the hints.
    pub(crate) details: String,
    pub(crate) hints: Vec<String>,
    /// How the proof fails before anything was changed.
    pub(crate) at_first: String,
    /// The words, out of `at_first`, with which it fails.
    pub(crate) expected_failure: String,
}

impl Exercise {
    /// The name: that of the package and of its folder.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The chapter that it belongs to: the folder it is in, and the stem of the chapter's file.
    pub fn chapter(&self) -> &str {
        &self.chapter
    }

    /// The words with which its proof fails before anything was changed.
    pub fn expected_failure(&self) -> &str {
        &self.text.expected_failure
    }

    pub(super) fn load(folder: &Path, root: &Path) -> Result<Exercise, Diagnostics> {
        let name = file_name(folder);
        check_name(&name, folder, root)?;
        check_manifest(folder, &name, root)?;
        let lib = folder.join("src/lib.rs");
        let content = read_shown(&lib, root)?;
        let file = relative(&lib, root);
        Ok(Exercise {
            text: ExerciseDoc::parse(&file, &content)?,
            source: Source::parse(&file, &content)?,
            chapter: folder.parent().map_or_else(String::new, file_name),
            name,
            file,
        })
    }

    /// The name of the listing that solves it.
    pub(crate) fn solution(&self) -> String {
        format!("{}-solved", self.name)
    }

    /// What is wrong with the solution, if anything.
    pub(crate) fn check_solution(&self, solution: Option<&Listing>) -> Result<(), Diagnostic> {
        let place = format!("listings/{}/{}", self.chapter, self.solution());
        let Some(solution) = solution else {
            let message = format!("the exercise has no solution: add the listing {place}");
            return Err(Diagnostic::new(&self.file, 1, message));
        };
        if solution.chapter != self.chapter {
            let message =
                format!("its solution is {}; move it to {place}", solution.folder.display());
            return Err(Diagnostic::new(&self.file, 1, message));
        }
        let file = solution.folder.join("src/lib.rs");
        let [proof, solved] = [&self.source, &solution.source].map(|source| &source.proofs[0]);
        if let [_, second, ..] = solution.source.proofs.as_slice() {
            let message = "a solution has one proof, that of its exercise";
            return Err(Diagnostic::new(file, second.line, message));
        }
        let mut expected = proof.code.lines();
        let mut recorded = 0;
        for (line, actual) in (solved.line..).zip(solved.code.lines()) {
            let original = actual
                .replace(&solution.crate_name(), &self.name.replace('-', "_"))
                .replace(&solution.name, &self.name);
            match expected.next() {
                Some(expected) if expected == original => continue,
                None if actual.ends_with(".assert_recorded();") => recorded += 1,
                None if actual.is_empty() => {}
                other => {
                    let other = match other {
                        Some(line) => format!("stands there `{line}`"),
                        None => "the proof has ended there".to_owned(),
                    };
                    let message = format!(
                        "a solution has the proof of its exercise, {}, word for word, but {other}",
                        self.file.display()
                    );
                    return Err(Diagnostic::new(file, line, message));
                }
            }
        }
        let end = solved.line + solved.code.lines().count();
        if let Some(missing) = expected.find(|line| !line.is_empty()) {
            let message = format!(
                "the proof of the exercise, {}, goes on here: `{missing}`",
                self.file.display()
            );
            return Err(Diagnostic::new(file, end, message));
        }
        if recorded == 0 {
            let message = "a solution is a listing: end its proof with `run.assert_recorded();`";
            return Err(Diagnostic::new(file, end, message));
        }
        Ok(())
    }
}

/// The sections of the documentation, in their order, and what stands in each.
const SECTIONS: [(&str, &str); 3] = [
    ("Hints", "an ordered list of hints, from vague to concrete"),
    ("At first", "how the proof fails before anything was changed, its words in backticks"),
    ("Proof", "the doc-test that a solution passes"),
];

impl ExerciseDoc {
    /// Reads the documentation of an exercise. `file` is the name for errors.
    pub(crate) fn parse(file: &Path, text: &str) -> Result<ExerciseDoc, Diagnostics> {
        let documentation = documentation(text).join("\n");
        let line_at = |byte: usize| 1 + documentation[..byte].matches('\n').count();
        let mut diagnostics = Diagnostics::default();
        let mut wrong = |byte, message: String| {
            diagnostics.push(Diagnostic::new(file, line_at(byte), message));
        };
        let headings = headings(&documentation);
        for heading in &headings {
            if !SECTIONS.iter().any(|(name, _)| heading.is(name)) {
                let names = SECTIONS.map(|(name, _)| name);
                let nearest = suggestion(&heading.title, names);
                wrong(
                    heading.range.start,
                    format!("`{}` is no section of an exercise{nearest}", heading.title),
                );
            }
        }
        // The bytes of each section.
        let sections: [Option<Range<usize>>; 3] = SECTIONS.map(|(name, content)| {
            let mut found = (0..headings.len()).filter(|&i| headings[i].is(name));
            let Some(first) = found.next() else {
                wrong(0, format!("the exercise has no section `# {name}`: {content}"));
                return None;
            };
            if let Some(second) = found.next() {
                wrong(headings[second].range.start, format!("there are two sections `# {name}`"));
            }
            let end = headings.get(first + 1).map_or(documentation.len(), |next| next.range.start);
            Some(headings[first].range.end..end)
        });
        if !sections.iter().flatten().is_sorted_by_key(|section| section.start) {
            let names = SECTIONS.map(|(name, _)| name).join("`, `");
            wrong(0, format!("the sections must come in the order `{names}`"));
        }
        let above = headings.first().map_or(documentation.len(), |first| first.range.start);
        let above = documentation[..above].trim();
        let (task, details) = above.split_once("\n\n").unwrap_or((above, ""));
        if !documentation.starts_with(task) || task.is_empty() {
            wrong(0, "the file must begin with a `//!` line that says the task".to_owned());
        } else if details.is_empty() {
            let message =
                "below the task, a paragraph must say what to change, and within which limits";
            wrong(0, message.to_owned());
        }
        let [hints, at_first, proof] = sections;
        let text_of = |section: &Option<Range<usize>>| {
            section.clone().map_or("", |section| documentation[section].trim())
        };
        let items = list_items(text_of(&hints));
        if let Some(hints) = hints
            && items.is_empty()
        {
            wrong(hints.start, format!("`# Hints` has no hint: write {}", SECTIONS[0].1));
        }
        let words = inline_code(text_of(&at_first));
        if let Some(at_first) = &at_first
            && words.len() != 1
        {
            let count = words.len();
            wrong(
                at_first.start,
                format!("`# At first` must say {}; it has {count} pieces of code", SECTIONS[1].1),
            );
        }
        if let Some(proof) = proof {
            let proofs = Proof::all(&documentation);
            let first = line_at(proof.start);
            let message = match proofs.as_slice() {
                [found] if first <= found.line => None,
                [_] => Some("the doc-test must stand below `# Proof`".to_owned()),
                other => Some(format!("an exercise has one proof, not {}", other.len())),
            };
            message.into_iter().for_each(|message| wrong(proof.start, message));
        }
        diagnostics.or(ExerciseDoc {
            task: task.to_owned(),
            details: details.trim().to_owned(),
            hints: items,
            at_first: text_of(&at_first).to_owned(),
            expected_failure: words.concat(),
        })
    }
}

struct Heading {
    title: String,
    level: HeadingLevel,
    range: Range<usize>,
}

impl Heading {
    fn is(&self, name: &str) -> bool {
        self.level == HeadingLevel::H1 && self.title == name
    }
}

fn headings(markdown: &str) -> Vec<Heading> {
    let mut headings: Vec<Heading> = Vec::new();
    let mut open = false;
    for (event, range) in blocks::events(markdown) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                headings.push(Heading { title: String::new(), level, range });
                open = true;
            }
            Event::End(TagEnd::Heading(_)) => open = false,
            Event::Text(text) | Event::Code(text) if open => {
                if let Some(heading) = headings.last_mut() {
                    heading.title.push_str(&text);
                }
            }
            _ => {}
        }
    }
    headings
}

/// The items of the ordered lists in a text, as Markdown without their numbers and indentation.
fn list_items(markdown: &str) -> Vec<String> {
    let mut items = Vec::new();
    let mut ordered = Vec::new();
    for (event, range) in blocks::events(markdown) {
        match event {
            Event::Start(Tag::List(first)) => ordered.push(first.is_some()),
            Event::End(TagEnd::List(_)) => drop(ordered.pop()),
            Event::Start(Tag::Item) if ordered == [true] => {
                let item = markdown[range].trim_end();
                let number = item.find([' ', '\n']).unwrap_or(item.len());
                let rest = item[number..].trim_start();
                let indentation = item.len() - rest.len();
                let lines = rest.lines().map(|line| {
                    let blank = line.len() - line.trim_start().len();
                    &line[blank.min(indentation)..]
                });
                // The first line has lost its own.
                let first = rest.lines().next().unwrap_or_default();
                let lines = [first].into_iter().chain(lines.skip(1));
                items.push(lines.collect::<Vec<_>>().join("\n"));
            }
            _ => {}
        }
    }
    items.retain(|item| !item.is_empty());
    items
}

/// What stands in backticks in a text.
fn inline_code(markdown: &str) -> Vec<String> {
    let code = blocks::events(markdown).filter_map(|(event, _)| match event {
        Event::Code(code) => Some(code.into_string()),
        _ => None,
    });
    code.collect()
}
