// The same program in other languages as tabs, one at a time, by the pattern of the WAI-ARIA Authoring
// Practices. The language that the reader has chosen is chosen on all pages.
(() => {
    "use strict";

    const { dataOf, make } = asyncByTheClock.dom;

    const STORAGE_KEY = "async-rust-by-the-clock.language";

    // One for each set of tabs: its element, and its tabs and panels by language.
    const blocks = [];

    const select = (language) => {
        for (const { box, tabs, panels } of blocks) {
            if (!panels.has(language)) continue;
            box.dataset.language = language;
            for (const [key, panel] of panels) {
                const isSelected = key === language;
                panel.inert = !isSelected;
                tabs.get(key).setAttribute("aria-selected", isSelected);
                tabs.get(key).tabIndex = isSelected ? 0 : -1;
            }
        }
    };

    const choose = (language, tab) => {
        select(language);
        tab.focus({ preventScroll: true });
        try {
            localStorage.setItem(STORAGE_KEY, language);
        } catch {
            // Storage may be refused: then the choice lasts until the page is left.
        }
    };

    /** Makes the tab of a panel. */
    const tabOf = (panel, { language, name }, number) => {
        panel.id = `panel-${number}-${language}`;
        const attributes = {
            type: "button",
            id: `tab-${number}-${language}`,
            role: "tab",
            "aria-controls": panel.id,
        };
        const tab = make("button", attributes, name);
        panel.dataset.language = language;
        panel.setAttribute("role", "tabpanel");
        panel.setAttribute("aria-labelledby", tab.id);
        panel.tabIndex = 0;
        tab.addEventListener("click", () => choose(language, tab));
        return tab;
    };

    for (const [number, box] of document.querySelectorAll(".rosetta .languages").entries()) {
        const elements = [...box.querySelectorAll(":scope > .language")];
        if (elements.length < 2) continue;
        const panels = new Map();
        const tabs = new Map();
        for (const panel of elements) {
            const program = dataOf(panel, "program");
            panels.set(program.language, panel);
            tabs.set(program.language, tabOf(panel, program, number));
        }
        const inOrder = [...tabs];
        const list = make("div", { role: "tablist", "aria-label": "language" }, ...tabs.values());
        list.addEventListener("keydown", (event) => {
            const at = inOrder.findIndex(([, tab]) => tab === event.target);
            const targets = {
                ArrowRight: at + 1,
                ArrowLeft: at - 1 + inOrder.length,
                Home: 0,
                End: inOrder.length - 1,
            };
            const target = targets[event.key];
            const isModified = event.ctrlKey || event.altKey || event.metaKey || event.shiftKey;
            if (target === undefined || isModified) return;
            // mdBook turns the page by these keys.
            event.preventDefault();
            event.stopPropagation();
            choose(...inOrder[target % inOrder.length]);
        });
        box.prepend(list);
        blocks.push({ box, tabs, panels });
        select(inOrder[0][0]);
    }

    let stored = null;
    try {
        stored = localStorage.getItem(STORAGE_KEY);
    } catch {
        // The first language, then.
    }
    select(stored);
})();
