//! Expanding the directives of a chapter.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    time::Duration,
};

use timeline::{Call, Clock, Run};

use crate::{
    Catalogue, Exercise, Listing, Problem, Translation, blocks,
    catalogue::{LANGUAGES, OUTPUT, recording_name},
    directive::{Directive, directives},
    figure::{self, Details, ordinal},
    predict,
    problem::suggestion,
};

/// The directives, as the message about an unknown one lists them.
const NAMES: [&str; 11] = [
    "listing",
    "proof",
    "timeline",
    "predict",
    "bench",
    "output",
    "exercise",
    "error",
    "rosetta",
    "time",
    "catalogue",
];

/// The modes of the bench, by the names that `theme/clock.js` gives them, each with the listing that
/// makes its calls so.
const BENCH_MODES: [(&str, &str); 5] = [
    ("blocking", "three-calls"),
    ("threads", "three-threads"),
    ("series", "serial-await"),
    ("spawned", "spawn-three"),
    ("joined", "join"),
];

const HOW_TO_BENCH: &str = ", as in `{{#bench series 5 8 2}}`";

/// mdBook's own directives. They are refused: mdBook publishes what it could not include.
const FOREIGN: [&str; 4] = ["include", "rustdoc_include", "playground", "title"];

impl Catalogue {
    /// Replaces the directives in the text of a chapter.
    ///
    /// `file` is the chapter's file relative to the root of the book, such as `src/join.md`.
    ///
    /// # Errors
    ///
    /// A [`Problem`] for each directive that is unknown, not closed, in the wrong place, or that
    /// asks for something that does not exist.
    pub fn expand(&self, file: &Path, text: &str) -> Result<String, Vec<Problem>> {
        let mut page = Page {
            catalogue: self,
            chapter: file.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
            to_root: "../".repeat(file.components().count().saturating_sub(2)),
            anchored: BTreeSet::new(),
            veiled: None,
        };
        let mut expanded = String::with_capacity(text.len() * 2);
        let mut problems = Vec::new();
        let mut done = 0;
        let mut code = blocks::code(text).into_iter().peekable();
        for directive in directives(text) {
            let directive = match directive {
                Ok(directive) => directive,
                Err(malformed) => {
                    problems.push(Problem::new(file, malformed.line, malformed.message));
                    continue;
                }
            };
            let between = &text[done..directive.range.start];
            if between.lines().any(|line| line.starts_with("## ")) {
                page.veiled = None;
            }
            expanded.push_str(between);
            done = directive.range.end;
            while code.next_if(|code| code.end <= directive.range.start).is_some() {}
            let in_code = code.peek().is_some_and(|code| code.start <= directive.range.start);
            match page.expand(&directive, in_code) {
                Ok(html) => expanded.push_str(&html),
                Err(message) => problems.push(Problem::new(file, directive.line, message)),
            }
        }
        expanded.push_str(&text[done..]);
        match problems.is_empty() {
            true => Ok(expanded),
            false => Err(problems),
        }
    }
}

/// A page while it is being expanded. Errors in here are messages; the directive knows the line.
struct Page<'a> {
    catalogue: &'a Catalogue,
    chapter: String,
    to_root: String,
    /// The listings that have their anchor already.
    anchored: BTreeSet<String>,
    /// The run that the reader has been asked for in this section, and has not been shown yet.
    veiled: Option<String>,
}

impl Page<'_> {
    fn expand(&mut self, directive: &Directive, in_code: bool) -> Result<String, String> {
        let name = directive.name;
        if FOREIGN.contains(&name) {
            return Err(format!(
                "mdBook's `{name}` is not used in this book, because mdBook publishes what it cannot \
                 include; show code by `{{{{#listing …}}}}`, or write `\\{{{{#{name} …}}}}` to show the directive"
            ));
        }
        if name.is_empty() {
            return Err(format!("this directive has no name{}", suggestion(name, NAMES)));
        }
        if !NAMES.contains(&name) {
            return Err(format!("there is no directive `{name}`{}", suggestion(name, NAMES)));
        }
        if in_code {
            return Err(format!(
                "in code, the page would show the HTML of `{name}`; move it out of the code (four spaces \
                 make code, too), or write `\\{{{{#{name} …}}}}` to show the directive"
            ));
        }
        if name == "time" {
            return self.time(&directive.arguments);
        }
        if !directive.alone {
            return Err(format!(
                "`{name}` makes a block: give it a line for itself, from the first column on"
            ));
        }
        let (subject, rest) = match (name, directive.arguments.split_first()) {
            ("catalogue", None) => return Ok(self.all_listings()),
            ("catalogue", Some(_)) => return Err("`catalogue` takes no argument".to_owned()),
            ("error", None) => {
                return Err("`error` needs the name of a program in tests/errors".to_owned());
            }
            ("bench", None) => return Err(format!("`bench` needs a mode{HOW_TO_BENCH}")),
            ("exercise", None) => return Err("`exercise` needs the name of an exercise".to_owned()),
            (_, None) => return Err(format!("`{name}` needs the name of a listing")),
            (_, Some((&subject, rest))) => (subject, rest),
        };
        match name {
            "listing" => self.listing(subject, rest),
            "proof" => none_left(name, rest).and_then(|()| self.proof(subject)),
            "timeline" => self.timeline(subject, rest).map(|figure| self.veil(subject, figure)),
            "predict" => none_left(name, rest).and_then(|()| self.predict(subject)),
            "bench" => self.bench(subject, rest),
            "output" => none_left(name, rest).and_then(|()| self.output(subject)),
            "exercise" => none_left(name, rest).and_then(|()| self.exercise(subject)),
            "error" => none_left(name, rest).and_then(|()| self.error(subject)),
            _ => self.rosetta(subject, rest),
        }
    }

    fn listing(&mut self, name: &str, items: &[&str]) -> Result<String, String> {
        let listing = self.catalogue.listing(name)?;
        let program = match items {
            [] => listing.source.program_shown(),
            items => listing
                .source
                .program_showing(items)
                .map_err(|message| format!("the listing `{name}` {message}"))?,
        };
        let anchor = match listing.chapter == self.chapter && self.anchored.insert(name.to_owned())
        {
            true => format!(" id=\"listing-{name}\""),
            false => String::new(),
        };
        Ok(format!(
            "<figure class=\"listing\" data-listing=\"{name}\"{anchor}>\n<figcaption><a \
             href=\"{root}listings.md#{name}\">{name}</a> <code>cargo run -p {name}</code></figcaption>\n\n\
             {program}\n\n</figure>\n",
            program = blocks::fence("rust,program", &program),
            root = self.to_root
        ))
    }

    fn proof(&self, name: &str) -> Result<String, String> {
        let listing = self.catalogue.listing(name)?;
        let mut html = format!(
            "<details class=\"proof\">\n<summary>The proof: <code>cargo test -p {name}</code></summary>\n\n"
        );
        for proof in &listing.source.proofs {
            let program = listing.source.proof_program(
                &listing.crate_name(),
                Some(&listing.folder),
                &proof.code,
            );
            html += &format!("{}\n\n", blocks::fence("rust,proof", &program));
        }
        html += "</details>\n";
        Ok(html)
    }

    fn timeline(&self, name: &str, arguments: &[&str]) -> Result<String, String> {
        let (_, run) = self.catalogue.run(name)?;
        let details = match arguments {
            [] => Details::default(),
            ["polls"] => match run.calls().iter().all(|call| call.polls.is_empty()) {
                false => Details { polls: true },
                true => return Err(format!("no polls are recorded of `{name}`")),
            },
            _ => return Err("after the run, `timeline` takes `polls` or nothing".to_owned()),
        };
        Ok(format!(
            "<figure class=\"timeline\" data-run=\"{}\" \
             data-timeline=\"{}\">\n{}\n{}\n<figcaption>{}</figcaption>\n</figure>\n",
            escape(name),
            escape(&figure::data(run)),
            figure::figure(run),
            figure::table(run, details),
            caption(name, run)
        ))
    }

    fn predict(&mut self, name: &str) -> Result<String, String> {
        let (_, run) = self.catalogue.run(name)?;
        self.veiled = Some(name.to_owned());
        Ok(predict::predict(name, run))
    }

    /// Marks the figure of a run that the reader has just been asked for: where scripts run, it is
    /// veiled from the first paint on, until the reader has answered.
    fn veil(&mut self, name: &str, figure: String) -> String {
        match self.veiled.take_if(|predicted| predicted == name) {
            Some(_) => figure.replacen("class=\"timeline\"", "class=\"timeline veiled\"", 1),
            None => figure,
        }
    }

    /// Where `theme/clock.js` puts the bench. What stands there without it sends the reader to the
    /// program.
    fn bench(&self, mode: &str, delays: &[&str]) -> Result<String, String> {
        let Some((_, listing)) = BENCH_MODES.iter().find(|(name, _)| *name == mode) else {
            let names = BENCH_MODES.map(|(name, _)| name);
            return Err(format!("`{mode}` is no mode of `bench`{}", suggestion(mode, names)));
        };
        self.catalogue.listing(listing)?;
        if !(1..=20).contains(&delays.len()) {
            return Err(format!(
                "`bench` takes 1 to 20 delays, not {}{HOW_TO_BENCH}",
                delays.len()
            ));
        }
        let mut shown = Vec::new();
        for delay in delays {
            // What theme/clock.js takes, too. Adding zero makes a `-0` one.
            match delay.parse::<f64>() {
                Ok(s) if (0.0..=20.0).contains(&s) && (s * 2.0).fract() == 0.0 => {
                    shown.push((s + 0.0).to_string());
                }
                _ => {
                    return Err(format!(
                        "`{delay}` is no delay of `bench`: it takes seconds from 0 to 20, in steps \
                         of 0.5{HOW_TO_BENCH}"
                    ));
                }
            }
        }
        Ok(format!(
            "<div class=\"bench\" data-bench=\"{mode}:{delays}\">\n<p class=\"without-script\">Here, \
             JavaScript would let you change the delays. Without it, change them in <a \
             href=\"{root}listings.md#{listing}\">{listing}</a>, and run it: \
             <code>cargo run -p {listing}</code>.</p>\n<p class=\"checked\" hidden>Calculated, not recorded. That \
             tokio does the same is <a href=\"{root}verified.md#calculated\">checked</a>.</p>\n</div>\n",
            delays = shown.join(","),
            root = self.to_root
        ))
    }

    /// What a listing printed, and the command that made it print that.
    fn output(&self, name: &str) -> Result<String, String> {
        let listing = self.catalogue.listing(name)?;
        let command = format!("cargo run --release -p {name}");
        let output = listing.output.as_deref().unwrap_or_default().trim_end();
        if output.is_empty() {
            let file = listing.folder.join(OUTPUT);
            return Err(format!(
                "the listing `{name}` has no output to show; make it with `{command} > {}`",
                file.display()
            ));
        }
        Ok(format!(
            "<figure class=\"output\" data-output=\"{name}\">\n<figcaption><code>{command}</code> has \
             printed this:</figcaption>\n\n{}\n\n</figure>\n",
            blocks::fence("text", output)
        ))
    }

    /// The task, the program to start with, its proof, hints one by one, and a solution. What gives
    /// something away is folded.
    fn exercise(&mut self, name: &str) -> Result<String, String> {
        let catalogue = self.catalogue;
        let Exercise { source, text, file, .. } = catalogue.exercise(name)?;
        let folded = |class: &str, summary: &str, content: &str| {
            format!(
                "<details class=\"{class}\">\n<summary>{summary}</summary>\n\n{}\n\n</details>\n",
                content.trim()
            )
        };
        let id = match self.anchored.insert(format!("exercise-{name}")) {
            true => format!(" id=\"exercise-{name}\""),
            false => String::new(),
        };
        let program = blocks::fence("rust,program", &source.program_shown());
        let proof = source.proof_program(&name.replace('-', "_"), None, &source.proofs[0].code);
        let proof = blocks::fence("rust,proof,unsolved", &proof);
        let hints: Vec<String> = (1..)
            .zip(&text.hints)
            .map(|(n, hint)| folded("hint", &format!("Hint {n}"), hint))
            .collect();
        let solution = catalogue.exercise(name)?.solution();
        let mut solved = self.listing(&solution, &[])?;
        let runs = &catalogue.listing(&solution)?.runs;
        // That there is none is an error like any other.
        let runs = if runs.is_empty() { vec![&solution] } else { runs.keys().collect() };
        for run in runs {
            solved += &format!("\n{}", self.timeline(run, &[])?);
        }
        solved += &format!("\n{}", self.proof(&solution)?);
        Ok(format!(
            "<section class=\"exercise\" data-exercise=\"{name}\"{id} aria-label=\"Exercise: {name}\">\n\n\
             **Exercise.** {task}\n\n{details}\n\n<figure class=\"listing\">\n<figcaption><code>{file}</code> \
             <code>cargo test -p {name}</code></figcaption>\n\n{program}\n\n</figure>\n\n\
             <p class=\"message\">What <code>cargo test -p {name}</code> says at first:</p>\n\n{at_first}\n\n\
             {proof}\n{hints}\n{solved}\n</section>\n",
            task = text.task,
            details = text.details,
            file = escape(&file.to_string_lossy()),
            at_first = text.at_first,
            proof = folded("proof", "The proof that a solution passes", &proof),
            hints = hints.join("\n"),
            solved = folded("solution", "A solution", &solved),
        ))
    }

    fn error(&self, name: &str) -> Result<String, String> {
        let rejected = self.catalogue.rejected_program(name)?;
        let message = rejected.message.as_deref().ok_or_else(|| {
            format!(
                "the compiler's message for tests/errors/{name}.rs is missing; record it with \
                 `TRYBUILD=overwrite cargo test -p errors`"
            )
        })?;
        let headline = message.lines().next().unwrap_or_default();
        // trybuild's placeholders: the reader's file is `src/main.rs`, and the versions of crates
        // are of no interest.
        let message = message
            .replace("$DIR/", "")
            .replace(&format!("{name}.rs"), "src/main.rs")
            .replace("$CARGO/", "")
            .replace("-$VERSION", "");
        let explain = match headline.strip_prefix("error[").and_then(|rest| rest.split_once(']')) {
            Some((code, _)) => format!(" <code>rustc --explain {code}</code>"),
            None => String::new(),
        };
        let program: Vec<String> = rejected.program.trim_end().lines().map(blocks::shown).collect();
        Ok(format!(
            "<figure class=\"rejected\" data-error=\"{name}\">\n<figcaption>{name}: the compiler rejects \
             this{explain}</figcaption>\n\n{}\n\n{}\n\n</figure>\n",
            blocks::fence("rust,rejected", &program.join("\n")),
            blocks::fence("text", message.trim_end())
        ))
    }

    fn rosetta(&self, name: &str, arguments: &[&str]) -> Result<String, String> {
        let translations = match self.catalogue.listings.get(name) {
            Some(listing) => &listing.translations,
            None => match self.catalogue.rejected.get(name) {
                Some(rejected) => &rejected.translations,
                None => {
                    let listings = self.catalogue.listings.keys();
                    let names = listings.chain(self.catalogue.rejected.keys()).map(String::as_str);
                    return Err(format!("there is no listing `{name}`{}", suggestion(name, names)));
                }
            },
        };
        let open = arguments.contains(&"open");
        let wanted: Vec<&str> = arguments.iter().copied().filter(|&word| word != "open").collect();
        for key in &wanted {
            let keys = LANGUAGES.map(|language| language.key);
            if !keys.contains(key) {
                return Err(format!(
                    "`{key}` is no language of this book{}",
                    suggestion(key, keys)
                ));
            }
            if !translations.iter().any(|translation| translation.language.key == *key) {
                return Err(format!("`{name}` has no program in the language `{key}`"));
            }
        }
        let chosen: Vec<&Translation> = translations
            .iter()
            .filter(|translation| wanted.is_empty() || wanted.contains(&translation.language.key))
            .collect();
        if chosen.is_empty() {
            return Err(format!("`{name}` has no program in another language"));
        }
        let languages: Vec<&str> =
            chosen.iter().map(|translation| translation.language.name).collect();
        let mut html = format!(
            "<div class=\"rosetta\" data-rosetta=\"{name}\">\n<details{}>\n<summary>The same program in \
             {}</summary>\n<div class=\"languages\">\n",
            if open { " open" } else { "" },
            languages.join(" and ")
        );
        for translation in chosen {
            html += &self.translation(translation);
        }
        html += "</div>\n</details>\n</div>\n";
        Ok(html)
    }

    /// A program in another language: a tab where scripts run, and below the others where not.
    fn translation(&self, translation: &Translation) -> String {
        let Translation { language, file, program, message } = translation;
        let mut html = format!(
            "<div class=\"language\" data-language=\"{}\" data-name=\"{}\">\n<p \
             class=\"message\">In {}: <code>{} \
             {}</code></p>\n\n{}\n\n",
            language.key,
            language.name,
            language.name,
            language.command,
            escape(&file.to_string_lossy()),
            blocks::fence(language.key, program.trim_end())
        );
        if let Some(message) = message {
            html += &format!(
                "<p class=\"message\">What {} says to it:</p>\n\n{}\n\n",
                language.name,
                blocks::fence("text", message.trim_end())
            );
        }
        html += "</div>\n";
        html
    }

    fn time(&self, arguments: &[&str]) -> Result<String, String> {
        const FIGURES: [&str; 9] =
            ["total", "order", "polls", "start", "end", "place", "outcome", "starts", "ends"];
        const HOW_TO_ASK: &str = "`time` needs a run and a figure, as in `{{#time join total}}`";
        let Some((name, rest)) = arguments.split_first() else {
            return Err(HOW_TO_ASK.to_owned());
        };
        let (_, run) = self.catalogue.run(name)?;
        let list_times =
            |times: &[Duration]| times_text(times, times.iter().max().copied().unwrap_or_default());
        let does_not =
            |call: &Call, what| format!("{} of the run `{name}` does not {what}", call.label());
        match rest {
            ["total"] => Ok(time_element(run.total())),
            ["order"] => match order(run) {
                order if order.is_empty() => {
                    Err(format!("no numbered call completes in the run `{name}`"))
                }
                order => Ok(order),
            },
            ["polls"] => match run.poll_counts().iter().all(|&polls| polls == 0) {
                true => Err(format!("no polls are recorded of `{name}`")),
                false => Ok(run
                    .poll_counts()
                    .iter()
                    .map(usize::to_string)
                    .collect::<Vec<_>>()
                    .join(", ")),
            },
            ["starts", function] => {
                let starts = calls_of(name, run, function)?.into_iter().map(|call| call.start);
                Ok(list_times(&starts.collect::<Vec<_>>()))
            }
            ["ends", function] => {
                let ends = calls_of(name, run, function)?.into_iter();
                let ends = ends.map(|call| call.end.ok_or_else(|| does_not(call, "end")));
                Ok(list_times(&ends.collect::<Result<Vec<_>, _>>()?))
            }
            [figure @ ("start" | "end" | "place" | "outcome"), which @ ..]
                if (1..=2).contains(&which.len()) =>
            {
                let call = one_call(name, run, &which.join(" "))?;
                match *figure {
                    "start" => Ok(time_element(call.start)),
                    "end" => call.end.map(time_element).ok_or_else(|| does_not(call, "end")),
                    "place" => {
                        call.completion_rank.map(ordinal).ok_or_else(|| does_not(call, "complete"))
                    }
                    _ => Ok(call.outcome.to_string()),
                }
            }
            [] => Err(HOW_TO_ASK.to_owned()),
            [figure @ ("start" | "end" | "place" | "outcome")] => Err(format!(
                "`{figure}` needs a call, as in `{{{{#time {name} {figure} 1}}}}` or, by its function \
                 and number, `{{{{#time {name} {figure} send 1}}}}`"
            )),
            [figure @ ("starts" | "ends")] => Err(format!(
                "`{figure}` needs a function, as in `{{{{#time {name} {figure} send}}}}`"
            )),
            [figure, rest @ ..] if FIGURES.contains(figure) => {
                Err(format!("`{}` is too much for the figure `{figure}`", rest.join(" ")))
            }
            [figure, ..] => {
                Err(format!("`{figure}` is no figure of a run{}", suggestion(figure, FIGURES)))
            }
        }
    }

    /// Every listing of the book with its claim, its figures and its whole source.
    fn all_listings(&self) -> String {
        let mut html = String::new();
        for listing in self.catalogue.listings() {
            html += &self.entry(listing);
        }
        html
    }

    fn entry(&self, listing: &Listing) -> String {
        let Listing { name, chapter, folder, source, runs, .. } = listing;
        let folder = escape(&folder.to_string_lossy());
        let mut html = format!(
            "<section class=\"entry\">\n<h2 id=\"{name}\"><a class=\"header\" href=\"#{name}\">{name}</a></h2>\n\
             <p>{}</p>\n<ul>\n<li>shown in <a href=\"{}{chapter}.md#listing-{name}\">its chapter</a></li>\n\
             <li><code>cargo run -p {name}</code>, <code>cargo test -p {name}</code></li>\n",
            inline_code(&source.claim),
            self.to_root
        );
        let solves = |exercise: &&Exercise| exercise.solution() == *name;
        if let Some(exercise) = self.catalogue.exercises().find(solves) {
            html += &format!(
                "<li>solution of the exercise <a href=\"{}{}.md#exercise-{2}\">{2}</a></li>\n",
                self.to_root, exercise.chapter, exercise.name
            );
        }
        for (run, recorded) in runs {
            html += &format!(
                "<li>recorded as <code>{folder}/{}</code>: {}, {} clock{}</li>\n",
                recording_name(run),
                time_text(recorded.total()),
                recorded.clock(),
                match order(recorded) {
                    order if order.is_empty() => String::new(),
                    order => format!(", completed {order}"),
                }
            );
        }
        let proof: Vec<&str> = source.proofs.iter().map(|proof| proof.code.as_str()).collect();
        html += &format!(
            "</ul>\n<details>\n<summary><code>{folder}/src/lib.rs</code></summary>\n<p class=\"message\">The \
             proof, a doc-test:</p>\n{}\n<p class=\"message\">The program:</p>\n{}\n</details>\n</section>\n\n",
            verbatim(&proof.join("\n\n")),
            verbatim(&source.program())
        );
        html
    }
}

/// Code as HTML, not as a fence: it is on the page to be read. What compiles and runs it is its
/// own crate. Empty lines are written so that they do not end the HTML block in Markdown.
fn verbatim(code: &str) -> String {
    let lines: Vec<String> = code
        .lines()
        .map(|line| match line.trim() {
            "" => "&#8203;".to_owned(),
            _ => escape(line),
        })
        .collect();
    format!("<pre><code class=\"language-rust\">{}</code></pre>", lines.join("\n"))
}

/// `` `join!` `` as `<code>join!</code>`, the rest escaped.
fn inline_code(text: &str) -> String {
    let parts = text.split('`').enumerate().map(|(i, part)| match i % 2 {
        0 => escape(part),
        _ => format!("<code>{}</code>", escape(part)),
    });
    parts.collect()
}

/// The words by which a directive can ask for a call: its number, its function and number, or its
/// function alone. Other calls may have the same.
fn addresses(call: &Call) -> Vec<String> {
    let number = call.id.map(|number| number.to_string());
    let numbers = [call.id, call.nth()].into_iter().flatten();
    let with_number = numbers.map(|number| format!("{} {number}", call.name));
    number.into_iter().chain(with_number).chain([call.name.clone()]).collect()
}

/// The call of a run that a directive asks for; the error is the message for the reader.
fn one_call<'a>(name: &str, run: &'a Run, address: &str) -> Result<&'a Call, String> {
    let mut calls: BTreeMap<String, Vec<&Call>> = BTreeMap::new();
    for call in run.calls() {
        for address in BTreeSet::from_iter(addresses(call)) {
            calls.entry(address).or_default().push(call);
        }
    }
    let alone = calls.iter().filter(|(_, calls)| calls.len() == 1);
    match calls.get(address).map_or(&[][..], Vec::as_slice) {
        [call] => Ok(call),
        [] => {
            let alone = alone.map(|(address, _)| address.as_str());
            Err(format!("the run `{name}` has no call `{address}`{}", suggestion(address, alone)))
        }
        several => {
            let is_one_of_them = |call| several.iter().any(|&other| std::ptr::eq(other, call));
            let of_them = alone.filter(|(_, calls)| is_one_of_them(calls[0]));
            let remedy = match of_them.map(|(address, _)| address.as_str()).collect::<Vec<_>>() {
                none if none.is_empty() => "; number them by an argument `n: u32`".to_owned(),
                addresses => suggestion("", addresses),
            };
            Err(format!("the run `{name}` has {} calls `{address}`{remedy}", several.len()))
        }
    }
}

/// The calls of a function, in the order in which they started; the error is the message for the
/// reader.
fn calls_of<'a>(name: &str, run: &'a Run, function: &str) -> Result<Vec<&'a Call>, String> {
    let calls: Vec<&Call> = run.calls_of(function).collect();
    match calls.is_empty() {
        false => Ok(calls),
        true => {
            let names: BTreeSet<&str> = run.calls().iter().map(|call| call.name.as_str()).collect();
            Err(format!(
                "the run `{name}` has no call of `{function}`{}",
                suggestion(function, names)
            ))
        }
    }
}

fn none_left(name: &str, rest: &[&str]) -> Result<(), String> {
    match rest {
        [] => Ok(()),
        rest => Err(format!("`{name}` takes one argument; `{}` is too much", rest.join(" "))),
    }
}

/// What the figure shows, and where it comes from.
fn caption(run_name: &str, run: &Run) -> String {
    let clock = match run.clock() {
        Clock::Virtual => "exact, on the virtual clock",
        Clock::Wall => "on the wall clock, in whole seconds",
    };
    let (listing, name) = run_name.split_once('/').unwrap_or((run_name, ""));
    let what = match LANGUAGES.iter().find(|language| language.key == name) {
        Some(language) => format!("<code>{}</code> in {}", escape(listing), language.name),
        None => format!("<code>{}</code>", escape(run_name)),
    };
    format!("A recorded run of {what}, {clock}.")
}

/// The numbers of the completed calls in the order in which they completed: `3, 1, 2`.
pub(crate) fn order(run: &Run) -> String {
    run.completion_order().iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
}

/// Durations as the text lists them, in the unit that is right for the longest: `0, 0, 2, 4, 6 s`.
pub(crate) fn times_text(times: &[Duration], longest: Duration) -> String {
    let units = [("s", 1_000_000_000), ("ms", 1_000_000), ("µs", 1_000), ("ns", 1)];
    let longest = longest.as_nanos();
    let (unit, length) =
        units.into_iter().find(|(_, length)| longest >= *length).unwrap_or(units[0]);
    let numbers: Vec<String> =
        times.iter().map(|time| (time.as_nanos() as f64 / length as f64).to_string()).collect();
    format!("{}\u{a0}{unit}", numbers.join(", "))
}

/// A duration as the text writes it: `8 s`, `1.5 s`, `300 ms`, with a space that does not break.
pub(crate) fn time_text(duration: Duration) -> String {
    let text = format!("{duration:?}");
    let unit = text.find(|c: char| c.is_alphabetic()).unwrap_or(text.len());
    match duration.is_zero() {
        true => "0\u{a0}s".to_owned(),
        false => format!("{}\u{a0}{}", &text[..unit], &text[unit..]),
    }
}

pub(crate) fn time_element(duration: Duration) -> String {
    format!("<time datetime=\"PT{}S\">{}</time>", duration.as_secs_f64(), time_text(duration))
}

/// Text as HTML shows it, in content and in quoted attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // A line break would let Markdown begin again inside the HTML.
            '\n' | '\r' => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}
