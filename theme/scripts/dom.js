// Elements: made of descriptions, changed into others, and the data that a page has for the scripts.
(() => {
    "use strict";

    // Names that are elements of SVG; all others are elements of HTML.
    const SVG = new Set(["svg", "g", "path", "rect", "line", "text"]);

    /** An element of HTML or SVG with these attributes and children. */
    const make = (name, attributes, ...children) => {
        const element = SVG.has(name)
            ? document.createElementNS("http://www.w3.org/2000/svg", name)
            : document.createElement(name);
        for (const key in attributes) element.setAttribute(key, attributes[key]);
        element.append(...children);
        return element;
    };

    /**
     * What a sketch describes. A sketch is an element as an array of its name, its attributes and
     * sketches of its children; or a text, or a node that exists already.
     */
    const build = (sketch) =>
        Array.isArray(sketch) ? make(sketch[0], sketch[1], ...sketch.slice(2).map(build)) : sketch;

    /** Changes a node that looks like the sketch `was` until it looks like the sketch `is`. */
    const redraw = (node, was, is) => {
        if (!Array.isArray(was) || !Array.isArray(is) || was[0] !== is[0]) {
            if (was !== is) node.replaceWith(build(is));
            return;
        }
        const [, attributesBefore, ...childrenBefore] = was;
        const [, attributes, ...children] = is;
        for (const key in attributesBefore) {
            if (!(key in attributes)) node.removeAttribute(key);
        }
        for (const key in attributes) {
            if (attributesBefore[key] !== attributes[key]) node.setAttribute(key, attributes[key]);
        }
        // What the player has added is removed, too.
        const kept = Math.min(childrenBefore.length, children.length);
        while (node.childNodes.length > kept) node.lastChild.remove();
        for (const [i, child] of children.entries()) {
            if (i < kept) redraw(node.childNodes[i], childrenBefore[i], child);
            else node.append(build(child));
        }
    };

    /**
     * What the page has for the scripts in an attribute of an element: `dataOf(figure, "timeline")` is
     * the value of `data-timeline`. crates/mdbook-listings/src/script.rs describes them all. Times are
     * in milliseconds.
     */
    const dataOf = (element, name) => JSON.parse(element.dataset[name]);

    globalThis.asyncByTheClock ??= {};
    asyncByTheClock.dom = { build, dataOf, make, redraw };
})();
