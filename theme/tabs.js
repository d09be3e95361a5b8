// Rosetta as tabs: the same program in other languages, one at a time, by the pattern of the
// WAI-ARIA Authoring Practices. The language that the reader chose is chosen on all pages.
"use strict";
{
    const KEY = "async-rust-by-the-clock.language";
    const blocks = [];

    const select = (language) => {
        for (const { box, tabs, panels } of blocks) {
            if (!panels.some((panel) => panel.dataset.language === language)) {
                continue;
            }
            box.dataset.language = language;
            for (const [i, panel] of panels.entries()) {
                const on = panel.dataset.language === language;
                panel.inert = !on;
                tabs[i].setAttribute("aria-selected", on);
                tabs[i].tabIndex = on ? 0 : -1;
            }
        }
    };
    const choose = (tab) => {
        select(tab.dataset.language);
        tab.focus({ preventScroll: true });
        try {
            localStorage.setItem(KEY, tab.dataset.language);
        } catch {
            // Storage may be refused: then the choice lasts until the page is left.
        }
    };

    for (const [number, box] of document.querySelectorAll(".rosetta .languages").entries()) {
        const panels = [...box.querySelectorAll(":scope > .language")];
        if (panels.length < 2) {
            continue;
        }
        const list = document.createElement("div");
        list.setAttribute("role", "tablist");
        list.setAttribute("aria-label", "language");
        const tabs = panels.map((panel) => {
            const tab = document.createElement("button");
            const { language } = panel.dataset;
            tab.type = "button";
            tab.id = `tab-${number}-${language}`;
            tab.dataset.language = language;
            tab.textContent = panel.dataset.name;
            tab.setAttribute("role", "tab");
            panel.id = `panel-${number}-${language}`;
            tab.setAttribute("aria-controls", panel.id);
            panel.setAttribute("role", "tabpanel");
            panel.setAttribute("aria-labelledby", tab.id);
            panel.tabIndex = 0;
            tab.addEventListener("click", () => choose(tab));
            return tab;
        });
        list.addEventListener("keydown", (event) => {
            const at = tabs.indexOf(event.target);
            const to = {
                ArrowRight: at + 1,
                ArrowLeft: at - 1 + tabs.length,
                Home: 0,
                End: tabs.length - 1,
            }[event.key];
            if (to === undefined || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) {
                return;
            }
            // mdBook turns the page by these keys.
            event.preventDefault();
            event.stopPropagation();
            choose(tabs[to % tabs.length]);
        });
        list.append(...tabs);
        box.prepend(list);
        blocks.push({ box, tabs, panels });
        select(panels[0].dataset.language);
    }

    let language = null;
    try {
        language = localStorage.getItem(KEY);
    } catch {
        // The first language, then.
    }
    select(language);
}
