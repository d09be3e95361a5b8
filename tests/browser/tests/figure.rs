//! Figures and their player.

use browser::{Browser, fantoccini::Locator, run, serde_json};

/// The figure of a run whose calls are joined: it takes 8 seconds, in series 15.
const JOIN: &str = "figure.timeline[data-run=\"join\"]";

/// Opens the page with that figure, and brings the figure into view.
async fn open(browser: &Browser) {
    browser.open("concurrent.html").await;
    // Runs that are to be predicted would be veiled.
    browser
        .eval("localStorage.setItem('async-rust-by-the-clock.predictions', '{\"answers\":{},\"always\":true}')")
        .await;
    browser.open("concurrent.html").await;
    look(browser, format!("document.querySelector('{JOIN}').scrollIntoView()")).await;
}

/// What a JavaScript expression evaluates to.
async fn look(browser: &Browser, expression: String) -> serde_json::Value {
    browser.eval(&expression).await
}

async fn click(browser: &Browser, name: &str) {
    let button = browser.find(Locator::Css(&format!("{JOIN} button[aria-label=\"{name}\"]"))).await;
    button.expect("the player has this button").click().await.expect("it can be clicked");
}

/// What the player says.
async fn words(browser: &Browser) -> String {
    let script = format!("document.querySelector('{JOIN} .player p').textContent");
    browser.eval(&script).await.as_str().expect("text").replace('\u{a0}', " ")
}

/// Where the line is, as a part of the figure's width; -1 where there is none.
fn place() -> String {
    format!(
        "(() => {{
            const line = document.querySelector('{JOIN} .now');
            if (!line) return -1;
            const drawing = line.ownerSVGElement, box = drawing.getBoundingClientRect();
            const style = getComputedStyle(drawing);
            const left = box.left + parseFloat(style.paddingLeft);
            const right = box.right - parseFloat(style.paddingRight);
            const at = line.getBoundingClientRect();
            return ((at.left + at.right) / 2 - left) / (right - left);
        }})()"
    )
}

/// Checks where the line is; half of its width is off.
async fn assert_place(browser: &Browser, expected: f64) {
    let place = browser.eval(&place()).await.as_f64().expect("a number");
    assert!((place - expected).abs() < 0.005, "the line is at {place}, not at {expected}");
}

#[test]
fn steps_go_from_event_to_event_and_are_told() {
    run(async |browser| {
        open(browser).await;
        assert_eq!(words(browser).await, "This plays the recorded run: 8 s.");
        for (said, place) in [
            ("0 s · call 1, call 2 and call 3 start", 0.0),
            ("2 s · call 3 returns, first to complete; call 1 and call 2 are polled", 2.0),
            ("5 s · call 1 returns, second to complete; call 2 is polled", 5.0),
            ("8 s · call 2 returns, third to complete; the run ends", 8.0),
        ] {
            click(browser, "Next event").await;
            assert_eq!(words(browser).await, said);
            assert_place(browser, place / 15.0).await;
        }
        let on = format!(
            "(on => [on === document.activeElement, on.ariaDisabled])(document.querySelector('{JOIN} [aria-label=\"Next event\"]'))"
        );
        let last = serde_json::json!([true, "true"]);
        assert_eq!(browser.eval(&on).await, last, "after the last event there is none");
        click(browser, "Previous event").await;
        assert!(words(browser).await.starts_with("5 s · "));
        let live = look(
            browser,
            format!(
                "[...document.querySelectorAll('{JOIN} [aria-live]')].map(live => live.ariaLive)"
            ),
        );
        assert_eq!(live.await, serde_json::json!(["polite"]));
        assert_eq!(browser.console_errors().await, Vec::<String>::new());
    });
}

#[test]
fn play_moves_the_line_and_pause_stops_it() {
    run(async |browser| {
        open(browser).await;
        click(browser, "Play").await;
        // The page itself pauses, at once, however late this test gets to know.
        let pause = format!("document.querySelector('{JOIN} [aria-label=Pause]').click()");
        browser.wait_for(&format!("{} > 0.01 && ({pause}, true)", place())).await;
        let paused = browser.eval(&place()).await.as_f64().expect("a number");
        assert!(paused < 8.0 / 15.0, "the run was over before it was paused");
        // Thirty frames later it is where it was.
        let frames = "(async () => {
            for (let i = 0; i < 30; i++) await new Promise(done => requestAnimationFrame(done));
        })()";
        browser.eval(frames).await;
        assert_place(browser, paused).await;
        // At ten times the speed the rest takes less than a second; then it can be played anew.
        look(browser, format!("document.querySelector('{JOIN} .player select').value = '10'"))
            .await;
        click(browser, "Play").await;
        browser
            .wait_for(&format!(
                "document.querySelector('{JOIN} .player p').textContent.includes('the run ends')"
            ))
            .await;
        assert_place(browser, 8.0 / 15.0).await;
        let play = format!("document.querySelector('{JOIN} [aria-label=Play]').click()");
        let anew = look(browser, format!("({play}, {})", place())).await;
        assert!(anew.as_f64() < Some(0.1), "it is at {anew}");
    });
}

#[test]
fn speeds_are_offered_and_kept() {
    run(async |browser| {
        open(browser).await;
        let speeds = look(
            browser,
            format!(
                "[...document.querySelectorAll('{JOIN} option')].map(option => option.textContent)"
            ),
        );
        assert_eq!(speeds.await, serde_json::json!(["1×", "2×", "5×", "10×"]));
        // The frames are made here, ten of 100 ms: a second of the reader's time.
        for (speed, place) in [(1, 1.0), (5, 5.0)] {
            open(browser).await;
            look(
                browser,
                format!(
                    "(() => {{
                        let now = 0;
                        const frames = [];
                        performance.now = () => now;
                        window.requestAnimationFrame = frame => frames.push(frame);
                        document.querySelector('{JOIN} select').value = '{speed}';
                        document.querySelector('{JOIN} [aria-label=Play]').click();
                        for (let i = 0; i < 10; i++) {{ now += 100; frames.shift()(now); }}
                    }})()"
                ),
            )
            .await;
            assert_place(browser, place / 15.0).await;
        }
    });
}

#[test]
fn scrubbing_by_keyboard_meets_the_events() {
    run(async |browser| {
        open(browser).await;
        look(browser, format!("document.querySelector('{JOIN} input').focus()")).await;
        let right = String::from('\u{e014}');
        // 160 steps of 50 ms: forty of them are the 2 s after which call 3 returns.
        browser.keys(right.repeat(40)).await;
        assert!(
            words(browser).await.starts_with("2 s · call 3 returns"),
            "{}",
            words(browser).await
        );
        assert_place(browser, 2.0 / 15.0).await;
        browser.keys(right).await;
        let said = look(
            browser,
            format!("document.querySelector('{JOIN} input').getAttribute('aria-valuetext')"),
        );
        assert_eq!(said.await, "2.05\u{a0}s");
    });
}

#[test]
fn the_buttons_work_by_keyboard() {
    run(async |browser| {
        open(browser).await;
        look(
            browser,
            format!("document.querySelector('{JOIN} [aria-label=\"Next event\"]').focus()"),
        )
        .await;
        browser.keys(" ").await;
        assert!(words(browser).await.starts_with("0 s · "));
        browser.keys('\u{e007}').await;
        assert!(words(browser).await.starts_with("2 s · "));
        // The right arrow, which turns mdBook's pages, does not turn this one.
        let page = browser.current_url().await.expect("a page");
        browser.keys('\u{e014}').await;
        assert!(words(browser).await.starts_with("2 s · "));
        assert_eq!(browser.current_url().await.expect("a page"), page);
    });
}

#[test]
fn with_reduced_motion_it_plays_in_steps() {
    run(async |browser| {
        browser.emulate("screen", &[("prefers-reduced-motion", "reduce")]).await;
        open(browser).await;
        // A frame each 100 ms; the line is only ever where something happens.
        let places = look(
            browser,
            format!(
                "(() => {{
                let now = 0;
                const frames = [];
                performance.now = () => now;
                window.requestAnimationFrame = frame => frames.push(frame);
                document.querySelector('{JOIN} [aria-label=Play]').click();
                const places = new Set();
                for (let i = 0; i < 200 && frames.length; i++) {{
                    now += 100;
                    frames.shift()(now);
                    places.add(document.querySelector('{JOIN} .now').style.transform);
                }}
                return [...places].map(place => Math.round(parseFloat(place.slice(11)) * 15 / 100));
            }})()"
            ),
        );
        assert_eq!(places.await, serde_json::json!([0, 2, 5, 8]));
    });
}

#[test]
fn without_scripts_figure_and_table_are_complete() {
    run(async |browser| {
        browser.without_scripts().await;
        browser.goto(&browser::SITE.url("concurrent.html")).await.expect("the page");
        let figure = browser.find(Locator::Css(JOIN)).await.expect("the figure");
        let html = figure.html(false).await.expect("its HTML");
        assert!(html.contains("total: 8") && html.contains("in series: 15"), "{html}");
        assert!(html.contains("<td>8\u{a0}s</td>") || html.contains("<td>8&nbsp;s</td>"), "{html}");
        assert!(html.contains("<div class=\"player\"></div>"), "{html}");
        let player = browser.find(Locator::Css(&format!("{JOIN} .player"))).await;
        let shown = player.expect("the player's room").is_displayed().await.expect("an answer");
        assert!(!shown, "room is left for a player that cannot come");
    });
}

#[test]
fn the_player_fills_room_that_was_kept_for_it() {
    run(async |browser| {
        for width in [360, 1600] {
            browser.resize(width, 740).await;
            open(browser).await;
            let heights = look(
                browser,
                format!(
                    "(() => {{
                    const player = document.querySelector('{JOIN} .player');
                    const figure = player.closest('figure');
                    const filled = figure.offsetHeight;
                    const fits = player.scrollHeight <= player.clientHeight;
                    player.replaceChildren();
                    return [fits, filled === figure.offsetHeight, player.offsetHeight > 0];
                }})()"
                ),
            );
            assert_eq!(heights.await, serde_json::json!([true, true, true]), "{width} px wide");
        }
    });
}

#[test]
fn on_a_phone_nothing_is_wider_than_the_screen() {
    run(async |browser| {
        browser.resize(360, 740).await;
        for page in ["synchronous.html", "awaited-in-series.html", "concurrent.html"] {
            browser.open(page).await;
            let wide = browser.eval(
                "[...document.querySelectorAll('figure.timeline')].flatMap(figure =>
                    [...figure.querySelectorAll('svg *, .player, .player *')].filter(part => {
                        const box = part.getBoundingClientRect();
                        return box.width > 0 && (box.left < 0 || box.right > 360);
                    }).map(part => part.outerHTML))",
            );
            assert_eq!(wide.await, serde_json::json!([]), "{page}");
            let small = browser.eval(
                "[...document.querySelectorAll('.player button, .player select, .player input')]
                    .filter(control => control.offsetWidth < 24 || control.offsetHeight < 24).length",
            );
            assert_eq!(small.await, 0, "{page}: a finger needs 24 px");
        }
    });
}

#[test]
fn paper_shows_the_figure_in_black_and_no_player() {
    run(async |browser| {
        browser.choose_theme("navy").await;
        open(browser).await;
        click(browser, "Next event").await;
        browser.emulate("print", &[]).await;
        let shown = look(browser, format!(
            "['.player', '.now', '.later', ':scope > svg', 'table'].map(part =>
                getComputedStyle(document.querySelector('{JOIN}').querySelector(part)).display !== 'none')"
        ));
        assert_eq!(shown.await, serde_json::json!([false, false, false, true, true]));
        let colours = look(
            browser,
            format!(
                "['text', '.poll', 'line.total'].map(part => {{
                const style = getComputedStyle(document.querySelector('{JOIN} ' + part));
                return part === 'text' ? style.fill : style.stroke;
            }})"
            ),
        );
        let black = "rgb(0, 0, 0)";
        assert_eq!(colours.await, serde_json::json!([black, black, black]));
    });
}

#[test]
fn a_frame_changes_nothing_but_transforms() {
    run(async |browser| {
        open(browser).await;
        click(browser, "Next event").await;
        let changed = look(
            browser,
            format!(
                "(async () => {{
                const changed = new Set();
                const observer = new MutationObserver(all => all.forEach(one =>
                    changed.add(one.target.getAttribute('class') + ' ' + one.attributeName)));
                const frame = () => new Promise(done => requestAnimationFrame(done));
                const figure = document.querySelector('{JOIN}');
                figure.querySelector('[aria-label=Play]').click();
                await frame();
                observer.observe(figure.querySelector('svg'),
                    {{ subtree: true, attributes: true, childList: true }});
                await frame();
                await frame();
                figure.querySelector('[aria-label=Pause]').click();
                await frame();
                return [...changed].sort();
            }})()"
            ),
        );
        assert_eq!(changed.await, serde_json::json!(["later style", "now style"]));
    });
}
