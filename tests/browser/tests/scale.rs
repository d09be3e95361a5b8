//! Runs of a hundred calls, of ten thousand polls, of names that no program should have; and what
//! a frame costs.

use browser::{Browser, HOSTILE, MADE, run, serde_json::json};

/// What a frame may cost at 60 frames a second, in milliseconds.
const FRAME: f64 = 1000.0 / 60.0;

/// All that a page's thread does, painting included.
const ALL: [&str; 1] = ["TaskDuration"];
/// What the book is the cause of; painting costs the same whatever has changed.
const OURS: [&str; 3] = ["ScriptDuration", "RecalcStyleDuration", "LayoutDuration"];

/// The time that the page's thread has worked, in milliseconds. It is counted while the thread
/// runs, so that it hardly matters how busy the machine is.
async fn worked(page: &Browser, kinds: &[&str]) -> f64 {
    let metrics = page.devtools("Performance.getMetrics", json!({})).await;
    let metrics = metrics["metrics"].as_array().expect("a list");
    let counted = metrics.iter().filter(|one| kinds.iter().any(|kind| one["name"] == *kind));
    let seconds: Vec<f64> = counted.filter_map(|one| one["value"].as_f64()).collect();
    assert_eq!(seconds.len(), kinds.len(), "{metrics:?}");
    1000.0 * seconds.iter().sum::<f64>()
}

/// What a frame costs, as the best of several measurements shows it: `frames` is an expression
/// that draws as many frames as it says.
async fn cost_of_a_frame(page: &Browser, kinds: &[&str], frames: &str) -> f64 {
    let mut best = f64::INFINITY;
    for _ in 0..20 {
        let before = worked(page, kinds).await;
        let drawn = page.eval(frames).await.as_f64().expect("a number of frames");
        best = best.min((worked(page, kinds).await - before) / drawn);
    }
    best
}

async fn measure(page: &Browser) {
    let clock = json!({ "timeDomain": "threadTicks" });
    page.devtools("Performance.setTimeDomain", clock).await;
    page.devtools("Performance.enable", json!({})).await;
}

async fn open(page: &Browser) {
    page.goto(&MADE.url("made.html")).await.expect("the page of made runs");
}

#[test]
fn a_hundred_calls_are_played_at_sixty_frames_a_second() {
    run(async |page: &Browser| {
        measure(page).await;
        open(page).await;
        let figure = "document.querySelector('[data-run=hundred]')";
        let marks = format!("{figure}.querySelectorAll(':scope > svg > g > rect').length");
        assert_eq!(page.eval(&marks).await, 100);
        page.eval(&format!("{figure}.querySelector('.player').scrollIntoView(false)")).await;
        page.eval(&format!("{figure}.querySelector('[aria-label=Play]').click()")).await;
        let line = format!("{figure}.querySelector('.now').style.transform");
        let frames = format!(
            "(async () => {{
                const places = new Set();
                for (let i = 0; i < 20; i++) {{
                    await new Promise(requestAnimationFrame);
                    places.add({line});
                }}
                return places.size;
            }})()"
        );
        let cost = cost_of_a_frame(page, &ALL, &frames).await;
        println!("a frame costs {cost:.1} ms");
        assert!(cost < FRAME, "a frame costs {cost} ms");
    });
}

#[test]
fn the_bench_answers_within_a_frame() {
    run(async |page: &Browser| {
        measure(page).await;
        // Joined calls that end at different times are polled most: 230 times.
        let delays: Vec<String> = (1..=20).map(|delay| delay.to_string()).collect();
        page.open(&format!("concurrent.html#bench=joined:{}", delays.join(","))).await;
        let answer = "(async () => {
            const bench = document.querySelector('.bench');
            const total = () => bench.querySelector('tfoot td').textContent;
            const before = total();
            const slider = [...bench.querySelectorAll('.bench-calls input')].at(-1);
            slider.value = slider.value == 20 ? 19.5 : 20;
            slider.dispatchEvent(new Event('input', { bubbles: true }));
            await new Promise(requestAnimationFrame);
            // After the frame.
            await new Promise(done => setTimeout(done));
            return total() === before ? 0 : 1;
        })()";
        let polls = "document.querySelectorAll('.bench figure > svg .poll').length";
        assert_eq!(page.eval(polls).await, 230);
        let cost = cost_of_a_frame(page, &OURS, answer).await;
        let all = cost_of_a_frame(page, &ALL, answer).await;
        println!("with what the browser does, an answer costs {all:.1} ms");
        println!("an answer costs {cost:.1} ms");
        assert!(cost < FRAME, "an answer costs {cost} ms");
    });
}

#[test]
fn ten_thousand_polls_are_thinned_out_and_the_page_says_so() {
    run(async |page: &Browser| {
        open(page).await;
        let text = async |part: &str| {
            let text = format!("document.querySelector('[data-run=polled] {part}').textContent");
            page.eval(&text).await.as_str().expect("text").replace('\u{a0}', " ")
        };
        let ticks = "document.querySelectorAll('[data-run=polled] > svg .poll').length";
        let ticks = page.eval(ticks).await.as_u64().expect("a number");
        assert!((100..=200).contains(&ticks), "{ticks}");
        let key =
            format!("10,000 polls are drawn as {ticks} ticks: those too close together share one");
        assert!(text(".key").await.contains(&key), "{}", text(".key").await);
        assert!(
            text("tbody").await.contains(
                "0 s, 1 ms, 2 ms, 3 ms, 4 ms, 5 ms, 6 ms, 7 ms, … 9,988 more …, 9.996 s,"
            )
        );
        // The player knows the ticks, and says nothing of polls that it does not know.
        page.eval(
            "document.querySelector('[data-run=polled] [aria-label=\"Next event\"]').click()",
        )
        .await;
        assert_eq!(text(".player p").await, "0 s · polled starts");
    });
}

#[test]
fn names_are_no_markup_and_stay_in_their_place() {
    run(async |page: &Browser| {
        for width in [360, 1280] {
            page.resize(width, 740).await;
            open(page).await;
            assert_eq!(page.eval("document.title").await, "Made - Async Rust by the Clock");
            let figure = "document.querySelector('[data-run=hostile]')";
            let scripts = format!(
                "{figure}.querySelectorAll(':not(figcaption) > :is(script, em, code, a)').length"
            );
            assert_eq!(page.eval(&scripts).await, 0);
            let next = format!("{figure}.querySelector('[aria-label=\"Next event\"]').click()");
            let words = format!("{figure}.querySelector('.player p').textContent");
            let rows =
                format!("[...{figure}.querySelectorAll('tbody th')].map(th => th.textContent)");
            let rows = page.eval(&rows).await;
            page.eval(&next).await;
            for (position, name) in HOSTILE.iter().enumerate() {
                page.eval(&next).await;
                let said = page.eval(&words).await;
                // A name is there from its beginning on, as text, and cannot turn what follows.
                for shown in [&said, &rows[position]] {
                    let shown = shown.as_str().expect("text");
                    let turns = |c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2067}');
                    assert!(!shown.contains(turns), "{shown:?}");
                    let isolated =
                        !shown.replace(['\u{2068}', '\u{2069}', '\u{a0}', '·'], "").is_ascii();
                    let count = |isolation| shown.matches(isolation).count();
                    assert_eq!(count('\u{2068}'), usize::from(isolated), "{shown:?}");
                    assert_eq!(count('\u{2068}'), count('\u{2069}'), "{shown:?}");
                    let beginning: String =
                        name.chars().take_while(|&c| !turns(c)).take(18).collect();
                    assert!(shown.contains(&beginning), "{shown:?}");
                    assert!(shown.chars().count() < 90, "{shown:?}");
                }
            }
            let parts = "svg text, .player, .player p, .table-wrapper";
            let wide = page
                .eval(&format!(
                    "[...{figure}.querySelectorAll('{parts}')].filter(part => {{
                        const box = part.getBoundingClientRect();
                        return box.left < 0 || box.right > {width};
                    }}).map(part => part.outerHTML)"
                ))
                .await;
            assert_eq!(wide, json!([]), "{width} px wide");
        }
    });
}
