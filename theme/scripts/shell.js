// The shell: fixes to mdBook's own page around the text, where keyboard or screen reader do not get
// through. A template of our own would go stale with the next mdBook.
(() => {
    "use strict";

    const { make } = asyncByTheClock.dom;

    const main = document.querySelector("main");

    // A skip link comes before all else. It leaves the fragment of the address alone.
    if (main) {
        const attributes = { class: "skip-link", href: "#mdbook-content" };
        const link = make("a", attributes, "Skip to the text");
        link.addEventListener("click", (event) => {
            event.preventDefault();
            main.tabIndex = -1;
            main.focus();
        });
        document.body.prepend(link);
    }

    // Landmarks: everything is inside one.
    document.getElementById("mdbook-menu-bar")?.setAttribute("role", "banner");
    document.getElementById("mdbook-search-wrapper")?.setAttribute("role", "search");

    // The search field of mdBook has a placeholder for a label, and refers to a description that does
    // not exist.
    const search = document.getElementById("mdbook-searchbar");
    search?.setAttribute("aria-label", "Search this book");
    search?.setAttribute("aria-describedby", "mdbook-searchresults-header");

    // After mdBook's own listener, which completes the table of contents; see styles/shell.css.
    document.addEventListener("DOMContentLoaded", () => {
        document.documentElement.classList.add("is-complete");
    });

    // The page that is open, for readers who do not see its colour in the table of contents.
    document.querySelector("#mdbook-sidebar a.active")?.setAttribute("aria-current", "page");

    // The label that opens the sidebar becomes a button, which Tab reaches. The label stays, unseen,
    // because mdBook's script writes to it whether the sidebar is open.
    const label = document.getElementById("mdbook-sidebar-toggle");
    if (label) {
        const button = make("button", { type: "button" });
        const names = ["id", "class", "title", "aria-label", "aria-controls", "aria-expanded"];
        for (const name of names) {
            const value = label.getAttribute(name);
            if (value !== null) button.setAttribute(name, value);
        }
        button.append(...label.childNodes);
        button.addEventListener("click", () => label.click());
        label.removeAttribute("id");
        label.hidden = true;
        label.before(button);
        new MutationObserver(() => {
            button.setAttribute("aria-expanded", label.getAttribute("aria-expanded"));
        }).observe(label, { attributeFilter: ["aria-expanded"] });
    }

    // What is wider than its place can be scrolled by keyboard, too.
    const observer = new ResizeObserver((entries) => {
        const isWide = entries.map(({ target }) => target.scrollWidth > target.clientWidth);
        for (const [i, { target }] of entries.entries()) {
            if (isWide[i]) {
                const name = target.matches("code") ? "Program text" : "Table";
                target.tabIndex = 0;
                target.setAttribute("role", "group");
                target.setAttribute("aria-label", name);
            } else {
                for (const name of ["tabindex", "role", "aria-label"]) target.removeAttribute(name);
            }
        }
    });
    for (const scroller of document.querySelectorAll("main pre > code, main .table-wrapper")) {
        observer.observe(scroller);
    }
})();
