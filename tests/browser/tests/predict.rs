//! Predictions: what the page answers, what it veils until then, and what it remembers.

use browser::fantoccini::{Locator, key::Key};
use browser::{Browser, run, serde_json};

/// A form that asks for a run, as a selector.
fn form(run: &str) -> String {
    format!("form.predict[data-run=\"{run}\"]")
}

/// Fills in the form for a run, and checks it; gives what the page says to it.
async fn predict(page: &Browser, run: &str, seconds: &str, calls: &[u32]) -> String {
    let form = form(run);
    let input = page.find(Locator::Css(&format!("{form} input[type=number]"))).await.unwrap();
    input.send_keys(seconds).await.unwrap();
    for call in calls {
        click(page, &format!("{form} .calls button[value=\"{call}\"]")).await;
    }
    click(page, &format!("{form} button:not([type])")).await;
    said(page, run).await
}

async fn click(page: &Browser, selector: &str) {
    page.eval(&format!(
        "document.querySelector('{selector}').scrollIntoView({{ block: 'center' }})"
    ))
    .await;
    page.find(Locator::Css(selector)).await.unwrap().click().await.unwrap();
}

/// What the page says below the question, and how far the reader has come.
async fn said(page: &Browser, run: &str) -> String {
    text(page, &format!("{} output", form(run))).await
}

async fn progress(page: &Browser) -> String {
    text(page, "form.predict .progress span").await
}

async fn text(page: &Browser, selector: &str) -> String {
    let text = page.eval(&format!("document.querySelector('{selector}').textContent")).await;
    text.as_str().unwrap().replace('\u{a0}', " ")
}

/// Whether the figure of a run is veiled: to the eye, and to all else.
async fn is_veiled(page: &Browser, run: &str) -> bool {
    let figure = format!("document.querySelector('figure.veiled[data-run=\"{run}\"]')");
    let hidden = page
        .eval(&format!(
            "[...{figure}.querySelectorAll(':scope > :not(.veil), svg, table')]
                 .map(part => getComputedStyle(part).visibility == 'hidden')"
        ))
        .await;
    let hidden: Vec<bool> =
        hidden.as_array().unwrap().iter().map(|part| part.as_bool().unwrap()).collect();
    assert!(hidden.len() > 2, "the figure has its parts");
    assert!(hidden.iter().all(|&part| part == hidden[0]), "all of it is veiled, or nothing");
    hidden[0]
}

/// What the progress should say, of as many runs as the book has.
async fn predicted(page: &Browser, answered: u32, right: u32) -> String {
    let of = page.eval("document.querySelector('[data-predictions]').dataset.predictions").await;
    format!("You have predicted {answered} of {}, {right} right.", of.as_str().expect("a number"))
}

#[test]
fn an_answer_says_what_the_difference_means() {
    run(async |page: &Browser| {
        // The run, the prediction, and what the page has to say to it.
        let cases: &[(&str, &str, &[u32], &[&str])] = &[
            (
                "join",
                "8",
                &[3, 1, 2],
                &["Right, 8 s: side by side", "The order is right: 3, 1, 2."],
            ),
            (
                "spawn-three",
                "15",
                &[1, 2, 3],
                &[
                    "You said 15 s: you added the calls up. That is what series would do; the run took 8 s.",
                    "You said 1, 2, 3, the order in which the calls are written; they completed in the order 3, 1, 2.",
                ],
            ),
            (
                "spawn-one-by-one",
                "8",
                &[3, 1, 2],
                &[
                    "You said 8 s: that is what the calls would take side by side; the run took 15 s.",
                    "You said 3, 1, 2; they completed in the order 1, 2, 3.",
                ],
            ),
            (
                "busy-calls/joined",
                "15",
                &[1, 2, 3],
                &["Right, 15 s: in series", "The order is right: 1, 2, 3, as they are written."],
            ),
            (
                "spawned-not-awaited",
                "8.5",
                &[3, 1, 2],
                &[
                    "You said 8.5 s; the run took 6 s, 2.5 s less.",
                    "they completed in the order 3, 1. Call 2 was dropped and did not complete.",
                ],
            ),
            (
                "joined-in-part/two-last",
                "10",
                &[],
                &[
                    "Right, 10 s.",
                    "You gave no order of the calls; they completed in the order 1, 2, 3.",
                ],
            ),
        ];
        page.open("concurrent.html").await;
        for (run, seconds, calls, answers) in cases {
            assert!(is_veiled(page, run).await, "{run} is veiled before");
            let said = predict(page, run, seconds, calls).await;
            for answer in *answers {
                assert!(said.contains(answer), "{run}: `{answer}` is not in `{said}`");
            }
            assert!(!is_veiled(page, run).await, "{run} is shown after");
        }
        assert_eq!(progress(page).await, predicted(page, 6, 2).await);
        assert!(page.console_errors().await.is_empty());
    });
}

#[test]
fn where_nothing_runs_or_one_call_no_order_is_asked() {
    run(async |page: &Browser| {
        page.open("awaited-in-series.html").await;
        let buttons = format!("document.querySelector('{} .calls')", form("forgotten-await"));
        assert!(page.eval(&buttons).await.is_null());
        let answer = predict(page, "forgotten-await", "15", &[]).await;
        assert_eq!(answer, "You said 15 s; the run took 0 s, 15 s less. No call has started.");
        page.open("synchronous.html").await;
        assert_eq!(predict(page, "random-add", "5", &[]).await, "Right, 5 s.");
        // The introduction asks the same: it has been answered.
        page.open("introduction.html").await;
        assert_eq!(said(page, "random-add").await, "Right, 5 s.");
        assert_eq!(progress(page).await, predicted(page, 2, 1).await);
    });
}

#[test]
fn what_was_predicted_is_remembered_until_it_is_cleared() {
    run(async |page: &Browser| {
        page.open("concurrent.html").await;
        let wrong = predict(page, "join", "15", &[1, 2, 3]).await;
        page.open("concurrent.html").await;
        assert!(!is_veiled(page, "join").await);
        assert!(is_veiled(page, "spawn-three").await);
        assert_eq!(said(page, "join").await, wrong);
        assert_eq!(progress(page).await, predicted(page, 1, 0).await);

        // One prediction anew.
        click(page, &format!("{} button:not([type])", form("join"))).await;
        assert!(is_veiled(page, "join").await);
        assert!(predict(page, "join", "8", &[3, 1, 2]).await.starts_with("Right"));
        assert_eq!(progress(page).await, predicted(page, 1, 1).await);

        click(page, "form.predict .clear").await;
        assert!(is_veiled(page, "join").await);
        assert_eq!(progress(page).await, "Nothing predicted yet.");
        page.open("concurrent.html").await;
        assert!(is_veiled(page, "join").await);
        assert!(said(page, "join").await.starts_with("Press the calls"));
    });
}

#[test]
fn a_reader_who_does_not_want_to_predict_is_shown_the_run() {
    run(async |page: &Browser| {
        page.open("concurrent.html").await;
        click(page, "figure.veiled[data-run=\"join\"] .veil button").await;
        assert!(!is_veiled(page, "join").await);
        assert_eq!(
            said(page, "join").await,
            "The run took 8 s; the calls completed in the order 3, 1, 2."
        );
        let focus = page.eval("document.activeElement.matches('figure[data-run=join]')").await;
        assert_eq!(focus, true, "the focus is on what was uncovered");
        click(page, &format!("{} .show", form("spawn-three"))).await;
        assert!(!is_veiled(page, "spawn-three").await);
        assert_eq!(progress(page).await, "Nothing predicted yet.");

        click(page, "form.predict [type=checkbox]").await;
        assert!(!is_veiled(page, "spawn-one-by-one").await);
        page.open("synchronous.html").await;
        assert!(!is_veiled(page, "three-calls").await, "the choice holds for all pages");
        click(page, "form.predict [type=checkbox]").await;
        assert!(is_veiled(page, "three-calls").await);
    });
}

#[test]
fn with_the_keyboard_alone() {
    run(async |page: &Browser| {
        page.open("concurrent.html").await;
        page.eval(&format!("document.querySelector('{} input').focus()", form("join"))).await;
        let tab = || char::from(Key::Tab).to_string();
        page.keys("8").await;
        // Call 1 by mistake, and back.
        page.keys(tab()).await;
        page.keys(" ").await;
        page.keys(" ").await;
        page.keys(tab()).await;
        page.keys(tab()).await;
        page.keys(" ").await;
        let back = format!("{}{}", char::from(Key::Shift), tab());
        page.keys(format!("{back}{}", char::from(Key::Null))).await;
        page.keys(format!("{back}{}", char::from(Key::Null))).await;
        page.keys(" ").await;
        page.keys(tab()).await;
        page.keys(" ").await;
        let calls = page
            .eval(&format!(
                "[...document.querySelectorAll('{} .calls button')].map(b => b.textContent).join()",
                form("join")
            ))
            .await;
        assert_eq!(calls, "call 1 · 2nd,call 2 · 3rd,call 3 · 1st");
        page.keys(tab()).await;
        page.keys(tab()).await;
        page.keys(" ").await;
        assert!(said(page, "join").await.contains("The order is right: 3, 1, 2."));
        assert!(!is_veiled(page, "join").await);
    });
}

#[test]
fn what_is_veiled_keeps_its_place_and_is_not_read() {
    run(async |page: &Browser| {
        page.open("concurrent.html").await;
        let heights = "[...document.querySelectorAll('figure.timeline')].map(f => f.offsetHeight)";
        let veiled = page.eval(heights).await;
        let tree = page.devtools("Accessibility.getFullAXTree", serde_json::json!({})).await;
        assert!(!tree.to_string().contains("call 2 is dropped"), "the story can be read");
        click(page, "form.predict [type=checkbox]").await;
        assert_eq!(page.eval(heights).await, veiled);
        let tree = page.devtools("Accessibility.getFullAXTree", serde_json::json!({})).await;
        assert!(tree.to_string().contains("call 2 is dropped"), "the story cannot be read");
    });
}

#[test]
fn nothing_is_veiled_on_paper() {
    run(async |page: &Browser| {
        page.open("concurrent.html").await;
        assert!(is_veiled(page, "join").await);
        page.emulate("print", &[]).await;
        assert!(!is_veiled(page, "join").await);
        let shown = "['form', 'details'].map(kind => getComputedStyle(document.querySelector(`${kind}.predict`)).display != 'none')";
        assert_eq!(page.eval(shown).await, serde_json::json!([false, true]));
        let veil = "getComputedStyle(document.querySelector('.veil')).display";
        assert_eq!(page.eval(veil).await, "none");
    });
}

#[test]
fn without_scripts_the_answer_is_folded() {
    run(async |page: &Browser| {
        page.without_scripts().await;
        page.open("concurrent.html").await;
        for hidden in ["form.predict input", "form.predict button"] {
            let element = page.find(Locator::Css(hidden)).await.unwrap();
            assert!(!element.is_displayed().await.unwrap(), "{hidden}");
        }
        let answer = "details.predict[data-run=join]";
        let folded = page.find(Locator::Css(&format!("{answer} p"))).await.unwrap();
        assert!(!folded.is_displayed().await.unwrap());
        let summary = page.find(Locator::Css(&format!("{answer} summary"))).await.unwrap();
        assert!(summary.is_displayed().await.unwrap());
        for part in ["svg", "table"] {
            let part = format!("figure[data-run=join] {part}");
            let part = page.find(Locator::Css(&part)).await.unwrap();
            assert!(part.is_displayed().await.unwrap(), "the figure is not veiled");
        }
        summary.click().await.unwrap();
        assert!(folded.is_displayed().await.unwrap());
    });
}

#[test]
fn storage_that_is_refused_or_spoilt_breaks_nothing() {
    run(async |page: &Browser| {
        page.open("concurrent.html").await;
        for spoilt in ["", "{", "null", "[]", "7", r#"{"answers":[]}"#, r#"{"answers":{"join":7}}"#]
        {
            let key = "async-rust-by-the-clock.predictions";
            page.eval(&format!("localStorage.setItem('{key}', '{spoilt}')")).await;
            page.open("concurrent.html").await;
            assert!(is_veiled(page, "join").await, "{spoilt}");
            assert!(predict(page, "join", "8", &[3, 1, 2]).await.starts_with("Right"), "{spoilt}");
        }
        assert!(page.console_errors().await.is_empty());

        let refuse = "for (const name of ['getItem', 'setItem'])
            Storage.prototype[name] = () => { throw new DOMException('refused') };";
        let script = serde_json::json!({ "source": refuse });
        page.devtools("Page.addScriptToEvaluateOnNewDocument", script).await;
        page.open("concurrent.html").await;
        assert!(is_veiled(page, "join").await);
        assert!(predict(page, "join", "8", &[3, 1, 2]).await.starts_with("Right"));
        assert!(!is_veiled(page, "join").await);
    });
}

#[test]
fn a_phone_shows_the_question_without_scrolling_sideways() {
    run(async |page: &Browser| {
        page.resize(360, 740).await;
        page.open("concurrent.html").await;
        predict(page, "join", "15", &[1, 2, 3]).await;
        let wide = "[...document.querySelectorAll('form.predict, form.predict *')]
            .filter(part => part.getBoundingClientRect().right > innerWidth)
            .map(part => `${part.outerHTML.slice(0, 60)} ${part.getBoundingClientRect().right} ${innerWidth}`)";
        assert_eq!(page.eval(wide).await, serde_json::json!([]));
        let small = "[...document.querySelectorAll('form.predict button:not([hidden]), form.predict input')]
            .map(part => part.getBoundingClientRect())
            .filter(box => box.height > 0 && (box.height < 24 || box.width < 24)).length";
        assert_eq!(page.eval(small).await, 0);
    });
}
