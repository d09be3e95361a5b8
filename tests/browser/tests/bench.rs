//! The bench: the reader changes delays and the way to make the calls, and sees what follows.

use browser::{
    Browser, SITE,
    fantoccini::{Locator, key::Key},
    run,
    serde_json::{Value, json},
};

const CHAPTER: &str = "concurrent.html";

/// What the first bench of the page says: the mode, each row of its table, and the total.
async fn shown(page: &Browser) -> Value {
    page.eval(
        "(() => {
            const bench = document.querySelector('.bench');
            const text = row => [...row.cells].map(cell => cell.textContent).join(' | ');
            return {
                mode: bench.querySelector('input:checked').value,
                calls: [...bench.querySelectorAll('tbody tr')].map(text),
                total: bench.querySelector('tfoot td').textContent,
            };
        })()",
    )
    .await
}

/// The state that the page opens with.
fn joined_5_8_2() -> Value {
    json!({
        "mode": "joined",
        "calls": [
            "call 1 | 0\u{a0}s | 0\u{a0}s, 2\u{a0}s, 5\u{a0}s | 5\u{a0}s | 2nd",
            "call 2 | 0\u{a0}s | 0\u{a0}s, 2\u{a0}s, 5\u{a0}s, 8\u{a0}s | 8\u{a0}s | 3rd",
            "call 3 | 0\u{a0}s | 0\u{a0}s, 2\u{a0}s | 2\u{a0}s | 1st",
        ],
        "total": "8\u{a0}s",
    })
}

async fn click(page: &Browser, selector: &str) {
    let element = page.find(Locator::Css(selector)).await;
    let element = element.unwrap_or_else(|error| panic!("{selector}: {error}"));
    element.click().await.unwrap_or_else(|error| panic!("{selector}: {error}"));
}

#[test]
fn the_bench_shows_what_the_recorded_run_shows() {
    run(async |page: &Browser| {
        page.open(CHAPTER).await;
        assert_eq!(shown(page).await, joined_5_8_2());
        // The very run is recorded on this page. What is drawn there is drawn here, to the letter.
        let figures = page
            .eval(
                "['.bench figure', '[data-run=\"task-or-future/joined\"]'].map(selector =>
                    [...document.querySelectorAll(`${selector} > svg > *, ${selector} > .key`)]
                        .map(mark => mark.outerHTML))",
            )
            .await;
        assert!(figures[0].as_array().unwrap().len() == 7, "{figures}");
        assert_eq!(figures[0], figures[1]);
        let alternative =
            "document.querySelector('.bench figure > svg').getAttribute('aria-label')";
        assert_eq!(
            page.eval(alternative).await,
            "At 0\u{a0}s: call 1 starts; call 2 starts; call 3 starts. \
             At 2\u{a0}s: call 3 returns, first to complete, polled twice. \
             At 5\u{a0}s: call 1 returns, second to complete, polled 3 times. \
             At 8\u{a0}s: call 2 returns, third to complete, polled 4 times. \
             Total: 8\u{a0}s; in series it would be 15\u{a0}s."
        );
    });
}

#[test]
fn the_reader_chooses_how_the_calls_are_made() {
    let modes = [
        ("blocking", "15\u{a0}s", "call 3 | 13\u{a0}s | 15\u{a0}s | 3rd"),
        ("threads", "8\u{a0}s", "call 3 | 0\u{a0}s | 2\u{a0}s | 1st"),
        ("series", "15\u{a0}s", "call 3 | 13\u{a0}s | 13\u{a0}s, 15\u{a0}s | 15\u{a0}s | 3rd"),
        ("spawned", "8\u{a0}s", "call 3 | 0\u{a0}s | 0\u{a0}s, 2\u{a0}s | 2\u{a0}s | 1st"),
        ("joined", "8\u{a0}s", "call 3 | 0\u{a0}s | 0\u{a0}s, 2\u{a0}s | 2\u{a0}s | 1st"),
    ];
    run(async |page: &Browser| {
        page.open("synchronous.html").await;
        assert_eq!(shown(page).await["mode"], "blocking");
        // The chapter's own mode comes last, so that each of them is a change.
        for (mode, total, third) in modes.into_iter().rev() {
            click(page, &format!(".bench input[value={mode}]")).await;
            let shown = shown(page).await;
            assert_eq!((&shown["mode"], &shown["total"]), (&json!(mode), &json!(total)));
            assert_eq!(shown["calls"][2], third, "{mode}");
            // All the totals can be compared, whichever mode is chosen.
            let beside = "[...document.querySelectorAll('.bench-total')].map(t => t.textContent)";
            assert_eq!(page.eval(beside).await, json!(modes.map(|(_, total, _)| total)));
            page.wait_for(&format!("location.hash == '#bench={mode}:5,8,2'")).await;
        }
    });
}

#[test]
fn figure_table_and_total_follow_at_once() {
    run(async |page: &Browser| {
        page.open(&format!("{CHAPTER}#bench=joined:{}", vec!["3"; 20].join(","))).await;
        // No frame is drawn between the change and the answer.
        let answer = page
            .eval(
                "(() => {
                    const slider = document.querySelectorAll('.bench-calls input')[19];
                    slider.value = 12.5;
                    slider.dispatchEvent(new Event('input', { bubbles: true }));
                    const text = selector => document.querySelector(selector).textContent;
                    return [
                        text('.bench tfoot td'),
                        text('.bench tbody tr:last-child td:nth-of-type(2)'),
                        text('.bench-calls > :last-child output'),
                        text('.bench-modes label:nth-of-type(3) .bench-total'),
                        [...document.querySelectorAll('.bench figure > svg > g > rect')].at(-1).getAttribute('width'),
                    ];
                })()",
            )
            .await;
        let expected =
            ["12.5\u{a0}s", "0\u{a0}s, 3\u{a0}s, 12.5\u{a0}s", "12.5\u{a0}s", "69.5\u{a0}s"];
        assert_eq!(answer, json!([expected.as_slice(), &["100%"]].concat()));
        page.wait_for("document.querySelector('.bench .player p').textContent.startsWith('joined in one task: 12.5\u{a0}s, completed in the order 1, 2,')").await;
        // Without any delay there is nothing to draw, and the table says so.
        page.open(&format!("{CHAPTER}#bench=joined:0,0")).await;
        assert_eq!(page.eval("document.querySelector('.bench figure > svg')").await, Value::Null);
        assert_eq!(shown(page).await["total"], "0\u{a0}s");
        assert_eq!(shown(page).await["calls"][1], "call 2 | 0\u{a0}s | 0\u{a0}s | 0\u{a0}s | 2nd");
    });
}

#[test]
fn what_is_calculated_can_be_played() {
    run(async |page: &Browser| {
        page.open(CHAPTER).await;
        let words = async || {
            let words = page.eval("document.querySelector('.bench .player p').textContent").await;
            words.as_str().unwrap().replace('\u{a0}', " ")
        };
        assert_eq!(words().await, "This plays what is calculated.");
        let step = ".bench [aria-label=\"Next event\"]";
        for said in [
            "0 s · call 1, call 2 and call 3 start",
            "2 s · call 3 returns, first to complete; call 1 and call 2 are polled",
        ] {
            click(page, step).await;
            assert_eq!(words().await, said);
        }
        // Two of the fifteen seconds that the calls would take in series.
        let line = "document.querySelector('.bench .now').style.transform";
        assert!(page.eval(line).await.as_str().unwrap().starts_with("translateX(13.33"));
        // While it plays, the reader makes another run: it stops, and starts anew with that one.
        click(page, ".bench [aria-label=Play]").await;
        click(page, ".bench input[value=series]").await;
        assert_eq!(
            page.eval("document.querySelectorAll('.bench :is([aria-label=Pause], .now)').length")
                .await,
            0
        );
        page.wait_for("document.querySelector('.bench .player p').textContent == 'awaited in series: 15\u{a0}s, completed in the order 1, 2, 3'").await;
        for said in
            ["0 s · call 1 starts", "5 s · call 1 returns, first to complete; call 2 starts"]
        {
            click(page, step).await;
            assert_eq!(words().await, said);
        }
        assert!(page.eval(line).await.as_str().unwrap().starts_with("translateX(33.33"));
        // One voice tells of both.
        let voices = "document.querySelectorAll('.bench :is([aria-live], [role=status], output:not([aria-hidden]))').length";
        assert_eq!(page.eval(voices).await, 1);
        // What takes no time is not played.
        page.open(&format!("{CHAPTER}#bench=joined:0,0")).await;
        let on = "document.querySelectorAll('.bench .player :is(button, input):enabled').length";
        assert_eq!(page.eval(on).await, 0);
        assert_eq!(page.console_errors().await, Vec::<String>::new());
    });
}

#[test]
fn calls_are_added_and_removed() {
    const ADD: &str = ".bench-buttons button:first-child";
    const REMOVE: &str = ".bench-buttons button:last-child";
    run(async |page: &Browser| {
        page.open(CHAPTER).await;
        click(page, ADD).await;
        assert_eq!(shown(page).await["calls"].as_array().unwrap().len(), 4);
        page.wait_for("location.hash == '#bench=joined:5,8,2,1'").await;
        for _ in 0..20 {
            click(page, ADD).await;
        }
        let sliders = "document.querySelectorAll('.bench-calls input').length";
        assert_eq!(page.eval(sliders).await, 20);
        assert_eq!(shown(page).await["calls"].as_array().unwrap().len(), 20);
        // The focus stays where the reader is.
        assert_eq!(page.eval(&format!("document.activeElement.matches('{ADD}')")).await, true);
        let off = |button| format!("document.querySelector('{button}').ariaDisabled");
        assert_eq!(
            (page.eval(&off(ADD)).await, page.eval(&off(REMOVE)).await),
            (json!("true"), json!("false"))
        );
        for _ in 0..22 {
            click(page, REMOVE).await;
        }
        assert_eq!(page.eval(sliders).await, 1);
        assert_eq!(shown(page).await["calls"].as_array().unwrap().len(), 1);
        assert_eq!(
            (page.eval(&off(ADD)).await, page.eval(&off(REMOVE)).await),
            (json!("false"), json!("true"))
        );
        page.wait_for("location.hash == '#bench=joined:5'").await;
    });
}

#[test]
fn the_address_keeps_the_state_and_the_history_stays_short() {
    run(async |page: &Browser| {
        page.open(&format!("{CHAPTER}#bench=spawned:1,2.5,2.5")).await;
        let opened = shown(page).await;
        assert_eq!((&opened["mode"], &opened["total"]), (&json!("spawned"), &json!("2.5\u{a0}s")));
        assert_eq!(opened["calls"].as_array().unwrap().len(), 3);
        page.wait_for("(box => box.top >= -1 && box.top < innerHeight)(document.querySelector('.bench').getBoundingClientRect())").await;
        let history = page.eval("history.length").await;
        page.eval("document.querySelector('.bench-calls input').focus()").await;
        page.press(char::from(Key::End)).await;
        page.press(char::from(Key::Left)).await;
        page.wait_for("location.hash == '#bench=spawned:19.5,2.5,2.5'").await;
        assert_eq!(page.eval("history.length").await, history);
        let before = shown(page).await;
        let address = page.eval("location.href").await;
        page.open(address.as_str().unwrap().strip_prefix(&SITE.url("")).unwrap()).await;
        assert_eq!(shown(page).await, before);
        // The same page, another state: a link that a reader was given, or what a chat made of it.
        page.eval("(location.hash = '#bench=threads%3A3%2C4')").await;
        page.wait_for("document.querySelector('.bench tfoot td').textContent == '4\u{a0}s'").await;
        assert_eq!(shown(page).await["mode"], "threads");
    });
}

#[test]
fn other_fragments_are_left_alone() {
    let invalid = [
        "bench",
        "bench=",
        "bench=joined",
        "bench=joined:",
        "bench=Joined:5",
        "bench=toString:5",
        "bench=joined:5,",
        "bench=joined:5,-1",
        "bench=joined:21",
        "bench=joined:5.3",
        "bench=joined:1e1",
        "bench=joined:5:8",
        "bench=joined:%E0%A4%A",
        "bench=joined:<b>",
        "bench=joined:NaN",
    ];
    let too_many = format!("bench=joined:{}", vec!["1"; 21].join(","));
    run(async |page: &Browser| {
        for fragment in invalid.into_iter().chain([too_many.as_str()]) {
            page.open(&format!("{CHAPTER}#{fragment}")).await;
            assert_eq!(shown(page).await, joined_5_8_2(), "{fragment}");
            assert_eq!(page.eval("scrollY").await, 0, "{fragment}");
        }
        page.open(&format!("{CHAPTER}#two-tables")).await;
        assert_eq!(shown(page).await, joined_5_8_2());
        page.wait_for("Math.abs(document.getElementById('two-tables').getBoundingClientRect().top) < innerHeight").await;
        assert_eq!(page.eval("location.hash").await, "#two-tables");
        let errors = page.console_errors().await;
        assert!(errors.is_empty(), "{errors:#?}");
    });
}

#[test]
fn the_keyboard_is_enough() {
    run(async |page: &Browser| {
        page.open(CHAPTER).await;
        page.eval("document.querySelector('#what-if-concurrent a').focus()").await;
        let press = async |key: Key| page.press(char::from(key)).await;
        press(Key::Tab).await;
        // From joined upwards; the page is not turned.
        press(Key::Up).await;
        press(Key::Left).await;
        assert_eq!(shown(page).await["mode"], "series");
        press(Key::Tab).await;
        press(Key::Tab).await;
        press(Key::Right).await;
        press(Key::Right).await;
        assert_eq!(shown(page).await["total"], "16\u{a0}s");
        let name = "(slider => [slider.labels[0].textContent, slider.ariaValueText ?? slider.getAttribute('aria-valuetext')])(document.activeElement)";
        assert_eq!(page.eval(name).await, json!(["call 2", "9\u{a0}s"]));
        press(Key::Tab).await;
        press(Key::Tab).await;
        page.press(' ').await;
        assert_eq!(shown(page).await["total"], "17\u{a0}s");
        press(Key::Tab).await;
        press(Key::Enter).await;
        press(Key::Enter).await;
        assert_eq!(shown(page).await["total"], "14\u{a0}s");
        page.wait_for("location.hash == '#bench=series:5,9'").await;
        assert!(page.eval("location.pathname").await.as_str().unwrap().ends_with(CHAPTER));
    });
}

#[test]
fn it_fits_a_phone_and_the_print_page() {
    run(async |page: &Browser| {
        page.resize(360, 740).await;
        page.open(&format!("{CHAPTER}#bench=joined:{}", vec!["19.5"; 20].join(","))).await;
        let wide = page
            .eval(
                "[...document.querySelectorAll('.bench, .bench :is(label, input, output, button, svg, .table-wrapper)')]
                    .filter(e => e.getBoundingClientRect().right > 360).map(e => e.outerHTML)",
            )
            .await;
        assert_eq!(wide, json!([]));
        // The table is too wide for it, and is scrolled by the keys that else turn the page.
        page.eval("document.querySelector('.bench .table-wrapper').focus()").await;
        let turned = "(heard => {
            document.addEventListener('keydown', () => (heard = true));
            const detail = { key: 'ArrowRight', bubbles: true };
            document.activeElement.dispatchEvent(new KeyboardEvent('keydown', detail));
            return heard;
        })(false)";
        assert_eq!(page.eval(turned).await, false);
        page.press(char::from(Key::Right)).await;
        page.wait_for("document.querySelector('.bench .table-wrapper').scrollLeft > 0").await;
        let small = page
            .eval(
                "[...document.querySelectorAll('.bench :is(label:has(input), input[type=range], button)')]
                    .map(e => [e.outerHTML, e.getBoundingClientRect()])
                    .filter(([, box]) => box.width < 24 || box.height < 24)
                    .map(([html]) => html)",
            )
            .await;
        assert_eq!(small, json!([]));
        page.open("print.html").await;
        let benches = "[...document.querySelectorAll('.bench')].map(bench => bench.querySelector('input:checked').value)";
        assert_eq!(page.eval(benches).await, json!(["blocking", "series", "joined"]));
        // Its address has room for one, and that is the first.
        page.eval(
            "document.querySelectorAll('.bench')[1].querySelector('input[value=joined]').click()",
        )
        .await;
        page.wait_for(
            "document.querySelectorAll('.bench .player p')[1].textContent.startsWith('joined')",
        )
        .await;
        assert_eq!(page.eval("location.hash").await, "");
        page.open("print.html#bench=threads:1").await;
        assert_eq!(page.eval(benches).await, json!(["threads", "series", "joined"]));
        let ids = "(ids => ids.length - new Set(ids).size)([...document.querySelectorAll('[id]')].map(e => e.id))";
        assert_eq!(page.eval(ids).await, 0);
        page.emulate("print", &[]).await;
        assert_eq!(page.eval("document.querySelector('.bench-calls').offsetHeight").await, 0);
        assert_eq!(
            page.eval("document.querySelector('.bench table').offsetHeight > 0").await,
            true
        );
    });
}

#[test]
fn without_scripts_the_program_is_offered() {
    run(async |page: &Browser| {
        page.without_scripts().await;
        page.open(CHAPTER).await;
        let bench = page.find(Locator::Css(".bench")).await.unwrap();
        assert_eq!(
            bench.text().await.unwrap(),
            "Here, JavaScript would let you change the delays. Without it, change them in join, and \
             run it: cargo run -p join."
        );
        let link = bench.find(Locator::Css("a")).await.unwrap();
        assert_eq!(link.attr("href").await.unwrap().as_deref(), Some("listings.html#join"));
    });
}
