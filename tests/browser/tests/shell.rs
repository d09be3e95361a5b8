//! What every page has around its text: themes, search, navigation; and what it costs to load.

use browser::fantoccini::Locator;
use browser::{Browser, SITE, run};

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
        // A phone shows the same, but has less room and its sidebar closed.
        for (width, height) in [(1280, 900), (360, 740)] {
            browser.resize(width, height).await;
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
