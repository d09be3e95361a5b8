//! What every page has around its text: themes, search, navigation; and what it costs to load.

use std::collections::{BTreeSet, HashMap};

use browser::{
    Browser, SITE,
    fantoccini::{Locator, key::Key},
    run,
    serde_json::{Value, json},
};

const CHAPTER: &str = "concurrent.html";

#[test]
fn the_reader_switches_the_theme() {
    run(async |page: &Browser| {
        page.open(CHAPTER).await;
        page.wait_for("document.documentElement.classList.contains('light')").await;
        page.find(Locator::Id("mdbook-theme-toggle")).await.unwrap().click().await.unwrap();
        page.find(Locator::Id("mdbook-theme-navy")).await.unwrap().click().await.unwrap();
        page.wait_for("document.documentElement.classList.contains('navy')").await;
        page.open("glossary.html").await;
        page.wait_for("document.documentElement.classList.contains('navy')").await;
    });
}

#[test]
fn no_page_reports_an_error_or_asks_another_host() {
    run(async |browser: &Browser| {
        for page in SITE.pages() {
            browser.open(page).await;
            browser.wait_for("document.readyState == 'complete'").await;
            let errors = browser.console_errors().await;
            assert!(errors.is_empty(), "{page}: {errors:#?}");
            let requests = browser.requests().await;
            assert!(requests.contains(&SITE.url(page)), "{page}: not among {requests:#?}");
            let home = SITE.url("");
            let foreign: Vec<_> =
                requests.iter().filter(|address| !address.starts_with(&home)).collect();
            assert!(foreign.is_empty(), "{page}: {foreign:#?}");
        }
    });
}

#[test]
fn axe_finds_nothing_in_light() {
    axe_finds_nothing_in("light");
}

#[test]
fn axe_finds_nothing_in_rust() {
    axe_finds_nothing_in("rust");
}

#[test]
fn axe_finds_nothing_in_coal() {
    axe_finds_nothing_in("coal");
}

#[test]
fn axe_finds_nothing_in_navy() {
    axe_finds_nothing_in("navy");
}

#[test]
fn axe_finds_nothing_in_ayu() {
    axe_finds_nothing_in("ayu");
}

fn axe_finds_nothing_in(theme: &str) {
    run(async |browser: &Browser| {
        let mut wrong = Vec::new();
        // A phone has less room, and its sidebar closed; colours are the same at any width.
        let widths: &[u32] = if theme == "light" { &[1280, 360] } else { &[1280] };
        for width in widths {
            browser.resize(*width, 800).await;
            browser.choose_theme(theme).await;
            // Beside the pages, the one for lost readers, and what search and menu look like.
            let search = format!("{CHAPTER}?search=join");
            for page in SITE.pages().into_iter().chain(["404.html", &search]) {
                browser.open(page).await;
                browser
                    .wait_for(&format!("document.documentElement.classList.contains('{theme}')"))
                    .await;
                reveal_all(browser).await;
                if page == search {
                    browser.wait_for("document.querySelector('#mdbook-searchresults a')").await;
                    browser.eval("document.getElementById('mdbook-theme-toggle').click()").await;
                }
                let Some(violations) = browser.violations().await else { return };
                wrong.extend(
                    violations.into_iter().map(|what| format!("{page}, {width} px wide: {what}")),
                );
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    });
}

/// Unfolds what is folded, and shows the hidden lines of programs.
async fn reveal_all(browser: &Browser) {
    browser
        .eval(
            "(document.querySelectorAll('details').forEach(details => details.open = true),
              document.querySelectorAll('.hide-boring').forEach(code => code.classList.remove('hide-boring')))",
        )
        .await;
}

/// The focus, after two frames for what follows it.
const FOCUS: &str = "new Promise(requestAnimationFrame)
    .then(() => new Promise(requestAnimationFrame))
    .then(() => {
        const at = document.activeElement;
        const { x, y, width, height } = at.getBoundingClientRect();
        return {
            name: `${at.localName}${at.id && '#' + at.id}.${at.className} ${at.textContent.trim().slice(0, 30)}`,
            number: Number(at.dataset.stop ?? -1),
            isOutlined: getComputedStyle(at).outlineStyle !== 'none',
            isVisible: width * height > 0 && x >= 0 && y + height > 0 && y < innerHeight
                && at.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
        };
    })";

#[test]
fn the_keyboard_reaches_all_that_can_be_used_and_shows_where_it_is() {
    run(async |page: &Browser| {
        page.emulate("screen", &[("prefers-reduced-motion", "reduce")]).await;
        page.open(CHAPTER).await;
        let stops = page
            .eval(
                "[...document.querySelectorAll('a[href], button, summary, input, select, [tabindex=\"0\"]')]
                     .filter(one => one.tabIndex >= 0 && one.checkVisibility() && !one.closest('[inert], :disabled, [type=radio]:not(:checked)'))
                     .map((one, number) => {
                         one.dataset.stop = number;
                         return one.outerHTML.slice(0, 100);
                     })",
            )
            .await;
        let stops = stops.as_array().expect("a list");
        assert!(stops.len() > 40, "only {} can be used", stops.len());
        let mut missed: Vec<_> = stops.iter().map(Some).collect();
        // Twice as many keys as needed, because of what becomes a stop on the way.
        for press in 0..2 * stops.len() {
            page.press(Key::Tab).await;
            let focus = page.eval(FOCUS).await;
            if press == 0 {
                assert!(focus["name"].as_str().unwrap().contains("skip-link"), "first: {focus}");
            }
            if focus["name"].as_str().unwrap().starts_with("body") {
                break;
            }
            assert!(focus["isOutlined"] == true && focus["isVisible"] == true, "{focus}");
            if let Some(number) = focus["number"].as_u64() {
                missed[number as usize] = None;
            }
        }
        let missed: Vec<_> = missed.into_iter().flatten().collect();
        assert!(missed.is_empty(), "Tab does not reach {missed:#?}");
    });
}

#[test]
fn the_first_link_skips_to_the_text() {
    run(async |page: &Browser| {
        page.open(&format!("{CHAPTER}#join")).await;
        page.eval("scrollTo(0, 0)").await;
        page.find(Locator::Css(".skip-link")).await.unwrap();
        page.eval("document.querySelector('.skip-link').focus()").await;
        page.press(Key::Enter).await;
        page.wait_for("document.activeElement.localName === 'main'").await;
        assert_eq!(page.eval("location.hash").await, "#join");
        page.press(Key::Tab).await;
        page.wait_for("document.activeElement.closest('main > *')").await;
    });
}

#[test]
fn the_keyboard_opens_and_closes_the_table_of_contents() {
    run(async |page: &Browser| {
        page.open(CHAPTER).await;
        page.eval("document.getElementById('mdbook-sidebar-toggle').focus()").await;
        let state = "document.activeElement.getAttribute('aria-expanded')";
        let shown = "document.querySelector('#mdbook-sidebar a').checkVisibility()";
        page.wait_for(&format!("{state} === 'true' && {shown}")).await;
        page.press(Key::Enter).await;
        page.wait_for(&format!("{state} === 'false' && !{shown}")).await;
        page.press(' ').await;
        page.wait_for(&format!("{state} === 'true' && {shown}")).await;
    });
}

/// What assistive technology is told of a page: role and name of each node, its liveness if it is
/// live, and the role that it is inside of if that is an image.
async fn told(page: &Browser) -> Vec<(String, String, Option<String>, bool)> {
    let tree = page.devtools("Accessibility.getFullAXTree", json!({})).await;
    let nodes = tree["nodes"].as_array().expect("a list");
    let by_id: HashMap<&Value, &Value> = nodes.iter().map(|node| (&node["nodeId"], node)).collect();
    let text = |value: &Value| value["value"].as_str().unwrap_or_default().trim().to_owned();
    let in_image = |node: &Value| {
        let mut above = by_id.get(&node["parentId"]);
        while let Some(node) = above.filter(|node| node["role"]["value"] != "image") {
            above = by_id.get(&node["parentId"]);
        }
        above.is_some()
    };
    let live = |node: &Value| {
        let properties = node["properties"].as_array()?;
        let live = properties.iter().find(|property| property["name"] == "live")?;
        Some(text(&live["value"]))
    };
    let read = nodes.iter().filter(|node| node["ignored"] == false);
    read.map(|node| (text(&node["role"]), text(&node["name"]), live(node), in_image(node)))
        .collect()
}

#[test]
fn a_screen_reader_is_told_names_once_and_politely() {
    run(async |page: &Browser| {
        page.open(CHAPTER).await;
        reveal_all(page).await;
        page.eval("document.querySelector('form.predict .show').click()").await;
        let told = told(page).await;
        let count = |role: &str| told.iter().filter(|node| node.0 == role).count();
        assert_eq!((count("main"), count("banner")), (1, 1));
        for (role, least) in
            [("image", 2), ("button", 50), ("slider", 5), ("tab", 4), ("radio", 5), ("link", 20)]
        {
            assert!(count(role) >= least, "{} times {role}", count(role));
        }
        let used = [
            "button",
            "link",
            "slider",
            "combobox",
            "spinbutton",
            "checkbox",
            "radio",
            "tab",
            "tabpanel",
            "tablist",
            "DisclosureTriangle",
            "form",
            "navigation",
        ];
        let nameless: Vec<_> = told
            .iter()
            .filter(|node| used.contains(&node.0.as_str()) && node.1.is_empty())
            .collect();
        assert!(nameless.is_empty(), "{nameless:#?}");
        // An image is its text; what is drawn in it is not read once more.
        let twice: Vec<_> = told.iter().filter(|node| node.3 && node.0 == "StaticText").collect();
        assert!(twice.is_empty(), "{twice:#?}");
        let rude: Vec<_> = told
            .iter()
            .filter(|node| node.2.as_ref().is_some_and(|live| live != "polite"))
            .collect();
        assert!(rude.is_empty(), "{rude:#?}");
        assert!(told.iter().filter(|node| node.2.is_some()).count() > 5, "something is live");
        // Of two buttons that show a run, each says which.
        let shows: Vec<_> = told.iter().filter(|node| node.1.starts_with("Show me ")).collect();
        let names: BTreeSet<_> = shows.iter().map(|node| &node.1).collect();
        assert_eq!((shows.len(), names.len()), (names.len(), shows.len()));
        assert!(shows.len() > 5, "{shows:?}");
    });
}

#[test]
fn nothing_moves_while_a_page_loads() {
    run(async |browser: &Browser| {
        let mut wrong = Vec::new();
        for (width, height) in [(1280, 900), (360, 740)] {
            browser.resize(width, height).await;
            for page in SITE.pages() {
                browser.open(page).await;
                let shift = browser
                    .eval(
                        "new Promise(done => {
                             let shift = 0;
                             const add = list => list.forEach(entry => shift += entry.value);
                             const observer = new PerformanceObserver(list => add(list.getEntries()));
                             observer.observe({ type: 'layout-shift', buffered: true });
                             // Earlier shifts are reported before what happens from now on.
                             const mark = new PerformanceObserver(() => {
                                 add(observer.takeRecords());
                                 done(shift);
                             });
                             mark.observe({ type: 'mark' });
                             requestAnimationFrame(() => requestAnimationFrame(() =>
                                 setTimeout(() => performance.mark('settled'))));
                         })",
                    )
                    .await;
                if shift.as_f64().expect("a number") > 0.01 {
                    wrong.push(format!("{page}, {width} px wide: {shift}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    });
}

/// A chapter, first time: at most 25 requests, and 115 kB if the server compresses; at most 22 kB of
/// them are our own style sheet and script.
#[test]
fn a_chapter_is_light() {
    run(async |page: &Browser| {
        page.open(CHAPTER).await;
        let requests = page.requests().await;
        let sizes = page
            .eval(&format!(
                "Promise.all({requests:?}.map(async address => {{
                     const {{ body }} = await fetch(address);
                     const zipped = new Response(body.pipeThrough(new CompressionStream('gzip')));
                     return (await zipped.blob()).size;
                 }}))",
            ))
            .await;
        let sizes: Vec<u64> = sizes.as_array().unwrap().iter().filter_map(Value::as_u64).collect();
        let total: u64 = sizes.iter().sum();
        let list: Vec<_> = requests.iter().zip(&sizes).collect();
        println!("{} requests, {total} bytes: {list:#?}", requests.len());
        assert!((2..=25).contains(&requests.len()), "{} requests: {list:#?}", requests.len());
        assert!(total <= 115_000, "{total} bytes: {list:#?}");
        let ours = list.iter().filter(|(address, _)| address.contains("/theme/clock"));
        let ours: Vec<u64> = ours.map(|(_, size)| **size).collect();
        assert_eq!(ours.len(), 2, "{list:#?}");
        assert!(ours.iter().sum::<u64>() <= 22_000, "{ours:?}");
    });
}
