//! The same program in other languages, as tabs.

use browser::fantoccini::{Locator, key::Key};
use browser::{Browser, run, serde_json};

/// The language that is shown in each block of the page, and the one that has the focus.
async fn shown(page: &Browser) -> Vec<String> {
    let shown = page
        .eval(
            "[...document.querySelectorAll('.languages')]
                 .filter(box => box.children.length > 2)
                 .map(box => [...box.querySelectorAll('.language')]
                     .filter(panel => getComputedStyle(panel).visibility == 'visible')
                     .map(panel => panel.dataset.language).join('+'))",
        )
        .await;
    serde_json::from_value(shown).unwrap()
}

async fn unfold(page: &Browser) {
    page.eval("document.querySelector('.rosetta').scrollIntoView({ block: 'center' })").await;
    page.find(Locator::Css(".rosetta summary")).await.unwrap().click().await.unwrap();
}

async fn press(page: &Browser, key: Key) {
    page.press(key).await;
}

#[test]
fn arrows_home_and_end_choose_the_language() {
    run(async |page: &Browser| {
        page.open("concurrent.html").await;
        let folded = page.eval("document.querySelectorAll('.rosetta details[open]').length").await;
        assert_eq!(folded, 0, "folded at first");
        unfold(page).await;
        press(page, Key::Tab).await;
        let focus = async || {
            let state =
                "[document.activeElement.getAttribute('role'), document.activeElement.textContent,
                document.activeElement.getAttribute('aria-selected')].join(' ')";
            page.eval(state).await.as_str().unwrap().to_owned()
        };
        assert_eq!(focus().await, "tab Python true");
        let address = page.current_url().await.unwrap();
        for (key, tab, language) in [
            (Key::Right, "tab JavaScript true", "javascript"),
            (Key::Right, "tab Python true", "python"),
            (Key::Left, "tab JavaScript true", "javascript"),
            (Key::Home, "tab Python true", "python"),
            (Key::End, "tab JavaScript true", "javascript"),
        ] {
            press(page, key).await;
            assert_eq!(focus().await, tab);
            assert!(shown(page).await.iter().all(|block| block == language));
        }
        assert_eq!(page.current_url().await.unwrap(), address, "mdBook turned the page");
        // The panel comes next, and is the one of the tab.
        press(page, Key::Tab).await;
        let panel = page.eval("document.activeElement.getAttribute('role')").await;
        assert_eq!(panel, "tabpanel");
        let labelled = "document.getElementById(document.activeElement.getAttribute('aria-labelledby')).textContent";
        assert_eq!(page.eval(labelled).await, "JavaScript");
        assert!(page.console_errors().await.is_empty());
    });
}

#[test]
fn the_language_is_remembered_on_other_pages() {
    run(async |page: &Browser| {
        page.open("concurrent.html").await;
        assert!(shown(page).await.iter().all(|block| block == "python"));
        unfold(page).await;
        let tab = "[role=tab][data-language=javascript]";
        page.find(Locator::Css(tab)).await.unwrap().click().await.unwrap();
        page.open("rosetta.html").await;
        let blocks = shown(page).await;
        assert!(blocks.len() > 3 && blocks.iter().all(|block| block == "javascript"), "{blocks:?}");
    });
}

#[test]
fn a_language_takes_no_more_room_than_the_other() {
    run(async |page: &Browser| {
        page.open("rosetta.html").await;
        let heights = "[...document.querySelectorAll('.languages')].map(box => box.offsetHeight)";
        let before = page.eval(heights).await;
        page.eval("document.querySelector('[role=tab][data-language=javascript]').click()").await;
        assert!(shown(page).await.contains(&"javascript".to_owned()));
        assert_eq!(page.eval(heights).await, before);
    });
}

#[test]
fn without_scripts_and_on_paper_all_languages_can_be_read() {
    run(async |page: &Browser| {
        page.emulate("print", &[]).await;
        page.open("rosetta.html").await;
        let blocks = shown(page).await;
        assert!(blocks.len() > 3 && blocks.iter().all(|block| block == "python+javascript"));
        page.emulate("screen", &[]).await;

        page.without_scripts().await;
        page.open("concurrent.html").await;
        unfold(page).await;
        let mut programs = Vec::new();
        for language in page.find_all(Locator::Css(".language")).await.unwrap().drain(..2) {
            assert!(language.is_displayed().await.unwrap());
            programs.push(language.rectangle().await.unwrap());
        }
        let (top, bottom) = (programs[0].1 + programs[0].3, programs[1].1);
        assert!(bottom >= top, "one lies on the other: {programs:?}");
    });
}
