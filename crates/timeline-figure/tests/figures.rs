//! What figures look like: snapshots that a browser shows. `SNAPSHOTS=overwrite cargo test -p
//! timeline-figure` takes the new ones; look at them before they are committed.

use std::{fmt::Write as _, path::Path};

use maud::html;
use snapbox::{assert_data_eq, file};
use timeline::Run;
use timeline_figure::{
    Assets, Columns, Figure, RunData, html_page, json, story, svg, svg_document, table,
};

/// A call of a recording.
#[derive(Clone)]
struct Call {
    name: String,
    start: &'static str,
    polls: &'static [&'static str],
    /// Without an end, it is still running.
    end: Option<&'static str>,
    outcome: &'static str,
    order: Option<usize>,
    /// Other lines of the recording.
    more: String,
}

/// A call that returned.
fn returned(name: &str, start: &'static str, end: &'static str, order: usize) -> Call {
    let outcome = "returned";
    let more = String::new();
    Call {
        name: name.to_owned(),
        start,
        polls: &[],
        end: Some(end),
        outcome,
        order: Some(order),
        more,
    }
}

impl Call {
    fn polled(self, polls: &'static [&'static str]) -> Call {
        Call { polls, ..self }
    }

    fn with(self, more: &str) -> Call {
        Call { more: format!("{}{more}\n", self.more), ..self }
    }

    fn outcome(self, outcome: &'static str) -> Call {
        let order = self.order.filter(|_| ["returned", "failed"].contains(&outcome));
        let end = self.end.filter(|_| outcome != "running");
        Call { outcome, order, end, ..self }
    }
}

fn run(clock: &str, total: &str, calls: &[Call]) -> Run {
    let mut text = format!("clock = \"{clock}\"\ntotal = \"{total}\"\n");
    for Call { name, start, polls, end, outcome, order, more } in calls {
        // TOML escapes as JSON does, and one character more.
        let name = json(name).replace('\u{7f}', "\\u007F");
        write!(text, "\n[[call]]\nname = {name}\n{more}start = \"{start}\"\npolls = {polls:?}\n")
            .expect("a String takes any text");
        if let Some(end) = end {
            writeln!(text, "end = \"{end}\"").expect("a String takes any text");
        }
        writeln!(text, "outcome = \"{outcome}\"").expect("a String takes any text");
        if let Some(order) = order {
            writeln!(text, "order = {order}").expect("a String takes any text");
        }
    }
    Run::parse("x", Path::new("x"), &text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// Three calls in a `join!`.
fn joined() -> Run {
    let call = |n: usize, delay: &'static str, order| {
        returned("random_add", "0s", delay, order)
            .with(&format!("call = {n}\narguments = {{ delay = \"{delay}\" }}"))
    };
    run(
        "virtual",
        "8s",
        &[
            call(1, "5s", 2).polled(&["0s", "2s", "5s"]),
            call(2, "8s", 3).polled(&["0s", "2s", "5s", "8s"]),
            call(3, "2s", 1).polled(&["0s", "2s"]),
        ],
    )
}

/// A call for each outcome, nested and not, with labels from everywhere.
fn every_outcome() -> Run {
    run(
        "virtual",
        "8s",
        &[
            returned("outer", "0s", "6s", 3).polled(&["0s", "1s", "6s"]),
            returned("at_once", "0s", "0s", 1).polled(&["0s"]),
            returned("<b>&\"'\n\n    code\u{1b}[31m", "1s", "3s", 2)
                .polled(&["1s", "3s"])
                .with("parent = 1"),
            returned("계산하다", "1s", "5s", 0)
                .outcome("dropped")
                .polled(&["1s", "4s"])
                .with("parent = 1"),
            returned("\u{202e}fails", "2s", "8s", 4)
                .outcome("failed")
                .polled(&["2s", "8s"])
                .with("parent = 4"),
            returned("panics", "3s", "7s", 0).outcome("panicked").polled(&["3s", "7s"]),
            returned("goes_on", "4s", "8s", 0).outcome("running").polled(&["4s"]),
        ],
    )
}

fn on_threads() -> Run {
    let call = |n: usize, delay: &'static str, order| {
        let arguments = format!("call = {n}\narguments = {{ delay = \"{delay}\" }}\nthread = {n}");
        returned("blocking_add", "0s", delay, order).with(&arguments)
    };
    run("wall", "8s", &[call(1, "5s", 2), call(2, "8s", 3), call(3, "2s", 1)])
}

fn many_calls(count: usize) -> Run {
    let calls: Vec<Call> =
        (1..=count).map(|i| returned("x", "0s", "8s", i).polled(&["0s", "8s"])).collect();
    run("virtual", "8s", &calls)
}

/// The markup with a line for each element, so that a difference can be read.
fn in_lines(markup: String) -> String {
    markup.replace("><", ">\n<")
}

fn on_a_page(name: &str, run: &Run) -> String {
    let caption = html! { "A recorded run of " code { (name) } "." };
    let columns = Columns::WithPolls;
    Figure { name, columns, awaiting_prediction: false, caption }.render(run).into_string()
}

#[test]
fn documents_are_as_they_were_looked_at() {
    let document = |run: &Run, title: &str| in_lines(svg_document(run, title));
    assert_data_eq!(document(&joined(), "Joined"), file!["figures/joined.svg"].raw());
    assert_data_eq!(document(&every_outcome(), "Ends"), file!["figures/every-outcome.svg"].raw());
    assert_data_eq!(document(&on_threads(), "On threads"), file!["figures/on-threads.svg"].raw());
    assert_data_eq!(document(&many_calls(50), "Fifty"), file!["figures/fifty.svg"].raw());
    let nothing = run("virtual", "0s", &[]);
    assert_data_eq!(document(&nothing, "Nothing"), file!["figures/nothing.svg"].raw());
}

#[test]
fn figures_of_pages_are_as_they_were_looked_at() {
    let figure = |name: &str, run: &Run| in_lines(on_a_page(name, run));
    assert_data_eq!(figure("joined", &joined()), file!["figures/joined.html"].raw());
    let every_outcome = figure("every-outcome", &every_outcome());
    assert_data_eq!(every_outcome, file!["figures/every-outcome.html"].raw());
    assert_data_eq!(figure("on-threads", &on_threads()), file!["figures/on-threads.html"].raw());
}

#[test]
fn a_document_is_xml_whatever_a_call_is_called() {
    let characters = (0..=0x2100).chain(0xfff0..=0xffff).filter_map(char::from_u32);
    let characters: Vec<char> = characters.collect();
    let names = characters.chunks(20).map(|chunk| format!("x{}", String::from_iter(chunk)));
    let calls: Vec<Call> =
        names.zip(1..).map(|(name, order)| returned(&name, "0s", "8s", order)).collect();
    for calls in calls.chunks(40) {
        let calls: Vec<Call> = calls
            .iter()
            .zip(1..)
            .map(|(call, i)| Call { order: Some(i), ..call.clone() })
            .collect();
        let document = svg_document(&run("virtual", "8s", &calls), &calls[0].name);
        let is_allowed =
            |c: char| c == '\n' || !c.is_control() && !('\u{fffe}'..='\u{ffff}').contains(&c);
        assert_eq!(document.chars().find(|&c| !is_allowed(c)), None);
        // The lines are those of the style sheet.
        assert_eq!(document.lines().count(), svg_document(&joined(), "x").lines().count());
    }
}

#[test]
fn nothing_in_a_figure_breaks_out_of_it() {
    let name = "</svg></figure>\n\n<script>alert('&\"')</script>\n\n```rust";
    let run = run("virtual", "8s", &[returned(name, "0s", "8s", 1)]);
    let page = on_a_page("x", &run);
    for broken in ["<script", "</svg></figure>", "\n\n", "\n```"] {
        assert!(!page.contains(broken), "{broken:?} is in {page}");
    }
    assert_eq!(page.matches("</figure>").count(), 1);
    assert!(page.contains("&lt;script&gt;alert('&amp;&quot;')&lt;/script&gt;"), "{page}");
}

#[test]
fn a_call_is_below_the_one_that_made_it() {
    let calls = [
        returned("outer", "0s", "8s", 3),
        returned("other", "0s", "5s", 2),
        returned("inner", "1s", "2s", 1).with("parent = 1"),
    ];
    let run = run("virtual", "8s", &calls);
    let drawing = svg(&run).into_string();
    assert_eq!(drawing.matches("class=\"inside\"").count(), 1, "{drawing}");
    assert!(drawing.contains(">↳\u{a0}inner"), "{drawing}");
    assert!(story(&run).contains("inner starts, made by outer"));
    assert!(table(&run, Columns::Usual).into_string().contains(">\u{2003}inner</th>"));
    let calls = RunData::new("x", &run).calls;
    let tree: Vec<_> = calls.iter().map(|call| (call.label.as_str(), call.parent)).collect();
    assert_eq!(tree, [("outer", None), ("inner", Some(0)), ("other", None)]);
}

#[test]
fn scripts_get_the_run_in_milliseconds() {
    assert_eq!(
        json(&RunData::new("three/joined", &joined())),
        "{\"run\":\"three/joined\",\"clock\":\"virtual\",\"total\":8000,\"calls\":[\
         {\"label\":\"call 1\",\"call\":1,\"parent\":null,\"start\":0,\"polls\":[0,2000,5000],\
         \"polled\":3,\"end\":5000,\"outcome\":\"returned\",\"order\":2},\
         {\"label\":\"call 2\",\"call\":2,\"parent\":null,\"start\":0,\"polls\":[0,2000,5000,8000],\
         \"polled\":4,\"end\":8000,\"outcome\":\"returned\",\"order\":3},\
         {\"label\":\"call 3\",\"call\":3,\"parent\":null,\"start\":0,\"polls\":[0,2000],\
         \"polled\":2,\"end\":2000,\"outcome\":\"returned\",\"order\":1}]}"
    );
}

#[test]
fn every_end_has_its_own_shape() {
    let outcomes = ["returned", "failed", "dropped", "panicked", "running"];
    for count in [1, 41] {
        let shapes = outcomes.map(|outcome| {
            let calls: Vec<Call> =
                (1..=count).map(|i| returned("x", "0s", "8s", i).outcome(outcome)).collect();
            let drawing = svg(&run("virtual", "8s", &calls)).into_string();
            let (_, end) = drawing.split_once("<svg class=\"end\"").expect("an end");
            end.split_once("</svg>").expect("it is closed").0.to_owned()
        });
        for (position, shape) in shapes.iter().enumerate() {
            assert!(!shapes[..position].contains(shape), "{shape}");
        }
    }
}

#[test]
fn ten_thousand_polls_are_thinned_out_and_the_key_says_so() {
    let polls: Vec<String> = (0..10_000).map(|i| format!("\"{i}ms\"")).collect();
    let text = format!(
        "clock = \"virtual\"\ntotal = \"10s\"\n[[call]]\nname = \"x\"\nstart = \"0s\"\npolls = [{}]\n\
         end = \"10s\"\noutcome = \"returned\"\norder = 1",
        polls.join(", ")
    );
    let run = Run::parse("x", Path::new("x"), &text).expect("a recording");
    let ticks = &RunData::new("x", &run).calls[0].polls;
    assert!((100..=200).contains(&ticks.len()), "{}", ticks.len());
    let ends = [ticks.first(), ticks.last()].map(|tick| tick.expect("there are ticks").0);
    assert_eq!(Some(ends[0]), run.calls()[0].polls.first().copied());
    assert_eq!(Some(ends[1]), run.calls()[0].polls.last().copied());
    let page = on_a_page("x", &run);
    assert!(page.contains("10,000 polls are drawn as "), "{page}");
    assert!(page.contains("polled 10,000 times"), "{page}");
    assert!(page.contains(", … 9,988 more …, "), "{page}");
    assert!(page.len() < 45_000, "{} bytes", page.len());
}

#[test]
fn a_thousand_calls_still_are_a_figure() {
    let run = many_calls(1_000);
    let page = on_a_page("x", &run);
    let drawing = svg(&run).into_string();
    assert!(drawing.len() < 450_000, "{} bytes", drawing.len());
    assert!(page.contains("the first 400 of 1,000 calls are drawn; the table has all"));
    assert!(page.contains("1,976 more starts and ends are in the table"));
}

#[test]
fn the_size_of_a_deep_recursion_is_linear() {
    let size = |depth: usize| {
        let calls: Vec<Call> = (0..depth)
            .map(|i| {
                let call = returned("x", "0s", "8s", depth - i);
                if i > 0 { call.with(&format!("parent = {i}")) } else { call }
            })
            .collect();
        on_a_page("x", &run("virtual", "8s", &calls)).len()
    };
    assert!(size(1_200) < 5 * size(300), "{} and {}", size(300), size(1_200));
}

#[test]
fn what_takes_no_time_has_a_table_only() {
    let run = run("virtual", "0s", &[]);
    assert_eq!(svg(&run).into_string(), "");
    let page = on_a_page("x", &run);
    assert!(!page.contains("<svg") && !page.contains("player"), "{page}");
    assert!(page.contains("0\u{a0}s"), "{page}");
}

#[test]
fn a_figure_can_wait_for_a_prediction() {
    let figure = |awaiting_prediction| {
        let (columns, caption) = (Columns::Usual, html! {});
        Figure { name: "x", columns, awaiting_prediction, caption }.render(&joined()).into_string()
    };
    assert!(figure(true).starts_with("<figure class=\"timeline veiled\""));
    assert!(figure(false).starts_with("<figure class=\"timeline\""));
}

#[test]
fn a_page_of_its_own_loads_nothing() {
    let assets = Assets { styles: &["a { color: red }", "b {}"], scripts: &["one();", "two();"] };
    let page = html_page(&joined(), "joined", "Three <calls>", &assets);
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"en\">"), "{page}");
    assert!(page.contains("<title>Three &lt;calls&gt;</title>"), "{page}");
    assert!(page.contains("<style>a { color: red }</style><style>b {}</style>"), "{page}");
    assert!(page.contains("<script>one();</script><script>two();</script></body>"), "{page}");
    assert!(page.contains("is polled"), "{page}");
    for loaded in ["src=", "href=", "url(", "@import"] {
        assert!(!page.contains(loaded), "{loaded}");
    }
}
