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
