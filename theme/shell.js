// What surrounds the text: mdBook's own page, mended where it shuts readers out. A template of our
// own would go stale with the next mdBook.
"use strict";

{
    const main = document.querySelector("main");
    const menuBar = document.getElementById("mdbook-menu-bar");

    // A skip link, before all else. It leaves the fragment of the address alone.
    if (main) {
        const link = document.createElement("a");
        link.className = "skip-link";
        link.href = "#mdbook-content";
        link.textContent = "Skip to the text";
        link.addEventListener("click", event => {
            event.preventDefault();
            main.tabIndex = -1;
            main.focus();
        });
        document.body.prepend(link);
    }

    // Landmarks: nothing is outside of one.
    menuBar?.setAttribute("role", "banner");
    document.getElementById("mdbook-search-wrapper")?.setAttribute("role", "search");

    // mdBook gives the search field a placeholder for a label, and a description that is not there.
    const search = document.getElementById("mdbook-searchbar");
    search?.setAttribute("aria-label", "Search this book");
    search?.setAttribute("aria-describedby", "mdbook-searchresults-header");

    // After mdBook's own listener, which completes the table of contents.
    document.addEventListener("DOMContentLoaded", () => {
        document.documentElement.classList.add("is-complete");
    });

    // The page that is open, for those who do not see its colour in the table of contents.
    document.querySelector("#mdbook-sidebar a.active")?.setAttribute("aria-current", "page");

    // The label that opens the sidebar becomes a button, which Tab reaches. The label stays, unseen,
    // for mdBook's script, which tells it whether the sidebar is open.
    const label = document.getElementById("mdbook-sidebar-toggle");
    if (label) {
        const button = document.createElement("button");
        button.type = "button";
        for (const name of ["id", "class", "title", "aria-label", "aria-controls", "aria-expanded"]) {
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

    // What is wider than its place scrolls by keyboard as well.
    const watch = new ResizeObserver(entries => {
        for (const { target } of entries) {
            if (target.scrollWidth > target.clientWidth) {
                target.tabIndex = 0;
                target.setAttribute("role", "group");
                target.setAttribute("aria-label", target.matches("code") ? "Program text" : "Table");
            } else {
                for (const name of ["tabindex", "role", "aria-label"]) target.removeAttribute(name);
            }
        }
    });
    document.querySelectorAll("main pre > code, main .table-wrapper").forEach(scroller => {
        watch.observe(scroller);
    });
}
