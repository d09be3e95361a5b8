// The bench: the reader changes the delays of some calls and the way they are made, and sees what
// follows. Calculated by theme/model.js.
"use strict";
for (const [index, bench] of document.querySelectorAll(".bench").entries()) {
    const { simulate } = globalThis.asyncByTheClock.model;
    const MOST_CALLS = 20;
    const LONGEST = 20;
    const STEP = 0.5;
    // In the words of the chapters.
    const WORDS = {
        blocking: "blocking, one after the other",
        threads: "a thread for each call",
        series: "awaited in series",
        spawned: "spawned, then awaited",
        joined: "joined in one task",
    };

    // `joined:5,8,2`: what the directive writes, and what an address holds after `#bench=`.
    const parse = text => {
        const [mode, list = "", ...rest] = text.split(":");
        const words = list.split(",");
        const isFit = word =>
            /^\d{1,2}(\.\d)?$/.test(word) && word <= LONGEST && word % STEP === 0;
        const isGood = rest.length === 0 && Object.hasOwn(WORDS, mode);
        return isGood && words.length <= MOST_CALLS && words.every(isFit)
            ? { mode, delays: words.map(Number) }
            : null;
    };
    const fromAddress = () => {
        const [, text] = location.hash.match(/^#bench=(.+)$/) ?? [];
        try {
            // Some programs encode colons and commas on the way.
            return text && parse(decodeURIComponent(text));
        } catch {
            return null;
        }
    };

    const SVG = "http://www.w3.org/2000/svg";
    const fill = (element, attributes, children) => {
        for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
        element.append(...children);
        return element;
    };
    const html = (name, attributes = {}, ...children) =>
        fill(document.createElement(name), attributes, children);
    const svg = (name, attributes = {}, ...children) =>
        fill(document.createElementNS(SVG, name), attributes, children);

    // Figure and table look like those that tools/mdbook-listings/src/figure.rs makes of recordings.
    const seconds = ms => `${ms / 1000}\u00a0s`;
    const ordinal = n => {
        const suffix = [11, 12, 13].includes(n % 100) ? undefined : [, "st", "nd", "rd"][n % 10];
        return n + (suffix ?? "th");
    };
    const orderOf = run =>
        [...run.calls].sort((a, b) => a.order - b.order).map(call => call.call).join(", ");

    const story = run => {
        const events = new Map();
        const add = (at, what) => events.set(at, [...(events.get(at) ?? []), what]);
        for (const call of run.calls) add(call.start, `${call.label} starts`);
        for (const call of run.calls) {
            add(call.end, `${call.label} returns, ${ordinal(call.order)} to complete`);
        }
        const sentences = [...events]
            .sort(([a], [b]) => a - b)
            .map(([at, what]) => `At ${seconds(at)}: ${what.join("; ")}.`);
        return `${sentences.join(" ")} Total: ${seconds(run.total)}.`;
    };

    const figure = run => {
        const LANE = 38, TEXT = 14, BAR = 12, AXIS = 30, MOST_MARKS = 8;
        const span = run.total;
        const x = at => `${(0.5 + (99 * at) / span).toFixed(2)}%`;
        const lanes = run.calls.length * LANE;
        const parts = [];
        const steps = [1, 10, 100].flatMap(power => [100, 200, 500].map(step => step * power));
        const step = steps.find(step => step * MOST_MARKS >= span);
        for (let mark = 0; mark <= span; mark += step) {
            const anchor = mark === 0 ? "start" : mark > span * 0.95 ? "end" : "middle";
            parts.push(
                svg("line", { class: "grid", x1: x(mark), x2: x(mark), y1: 0, y2: lanes }),
                svg(
                    "text",
                    { class: "axis", x: x(mark), y: lanes + AXIS - 10, "text-anchor": anchor },
                    seconds(mark),
                ),
            );
        }
        run.calls.forEach(({ label, start, polls, end, outcome, order }, position) => {
            const text = position * LANE + TEXT;
            const bar = text + 6;
            const isEarly = start < span / 2;
            const from = start === 0 ? "0" : seconds(start);
            parts.push(
                svg(
                    "text",
                    { x: x(isEarly ? start : end), y: text, "text-anchor": isEarly ? "start" : "end" },
                    `${label} · ${from} → ${seconds(end)} · ${ordinal(order)}`,
                ),
                svg("rect", {
                    class: outcome,
                    x: x(start),
                    y: bar,
                    width: `${((99 * (end - start)) / span).toFixed(2)}%`,
                    height: BAR,
                }),
            );
            for (const poll of polls) {
                const tick = { x1: x(poll), x2: x(poll), y1: bar - 3, y2: bar + BAR + 3 };
                parts.push(svg("line", { class: "poll", ...tick }));
            }
        });
        const size = { width: "100%", height: lanes + AXIS };
        return svg("svg", { role: "img", ...size, "aria-label": story(run) }, ...parts);
    };

    const table = run => {
        const columns = [
            ["starts", call => seconds(call.start)],
            ["is polled", call => call.polls.map(seconds).join(", ")],
            ["returns", call => seconds(call.end)],
            ["completes", call => ordinal(call.order)],
        ].filter(([heading]) => heading !== "is polled" || run.clock === "virtual");
        const row = call =>
            html(
                "tr",
                {},
                html("th", { scope: "row" }, call.label),
                ...columns.map(([, cell]) => html("td", {}, cell(call))),
            );
        const headings = ["call", ...columns.map(([heading]) => heading)];
        const total = html("td", { colspan: columns.length }, seconds(run.total));
        return html(
            "div",
            // It scrolls where it is too wide, and must do so by keyboard, too.
            { class: "table-wrapper", tabindex: 0, role: "group", "aria-label": "The calls" },
            html(
                "table",
                {},
                html("thead", {}, html("tr", {}, ...headings.map(text => html("th", { scope: "col" }, text)))),
                html("tbody", {}, ...run.calls.map(row)),
                html("tfoot", {}, html("tr", {}, html("th", { scope: "row" }, "total"), total)),
            ),
        );
    };

    // The controls. They stay; what they say follows the state.
    let { mode, delays } = parse(bench.dataset.bench);
    const radios = Object.entries(WORDS).map(([value, words]) => {
        const input = html("input", { type: "radio", name: `bench-${index}-mode`, value });
        const total = html("span", { class: "bench-total" });
        input.addEventListener("change", () => change(() => (mode = value)));
        return { value, input, total, label: html("label", {}, input, ` ${words} `, total) };
    });
    const rows = [];
    const list = html("div", { class: "bench-calls" });
    const addRow = () => {
        const i = rows.length;
        const id = `bench-${index}-call-${i + 1}`;
        const input = html("input", { type: "range", id, min: 0, max: LONGEST, step: STEP });
        const output = html("output", { for: id });
        input.addEventListener("input", () => change(() => (delays[i] = input.valueAsNumber)));
        const label = html("label", { for: id }, `call ${i + 1}`);
        const row = html("div", {}, label, input, output);
        rows.push({ row, input, output });
        list.append(row);
    };
    const button = (text, isAllowed, act) => {
        const button = html("button", { type: "button" }, text);
        // Not `disabled`: that would take the focus away from who is pressing it.
        button.addEventListener("click", () => isAllowed() && change(act));
        return { button, isAllowed };
    };
    const buttons = [
        button("Add a call", () => delays.length < MOST_CALLS, () => delays.push(STEP * 2)),
        button("Remove the last call", () => delays.length > 1, () => delays.pop()),
    ];
    const shown = html("figure", { class: "timeline" });
    const status = html("p", { class: "bench-status", role: "status" });

    const show = () => {
        const milliseconds = delays.map(delay => delay * 1000);
        for (const { value, input, total } of radios) {
            input.checked = value === mode;
            total.textContent = seconds(simulate(value, milliseconds).total);
        }
        while (rows.length < delays.length) addRow();
        while (rows.length > delays.length) rows.pop().row.remove();
        rows.forEach(({ input, output }, i) => {
            input.value = delays[i];
            output.textContent = seconds(milliseconds[i]);
            input.setAttribute("aria-valuetext", output.textContent);
        });
        for (const { button, isAllowed } of buttons) {
            button.setAttribute("aria-disabled", !isAllowed());
        }
        const run = simulate(mode, milliseconds);
        const endTogether = new Set(run.calls.map(call => call.end)).size < run.calls.length;
        const isConcurrent = mode !== "blocking" && mode !== "series";
        const caption = [`What the calls do, ${WORDS[mode]}.`];
        if (endTogether && isConcurrent) {
            caption.push("Calls that end together may also do so in another order.");
        }
        shown.replaceChildren(
            ...(run.total > 0 ? [figure(run)] : []),
            table(run),
            html("figcaption", {}, caption.join(" ")),
        );
        return `${WORDS[mode]}: ${seconds(run.total)}, completed in the order ${orderOf(run)}`;
    };

    let settling;
    const change = act => {
        act();
        const result = show();
        clearTimeout(settling);
        // When the reader pauses: a moving slider would talk without end, and browsers limit how
        // often an address may change.
        settling = setTimeout(() => {
            status.textContent = result;
            // The print page has several benches, and its address has room for one.
            if (index > 0) return;
            history.replaceState(history.state, "", `#bench=${mode}:${delays.join(",")}`);
        }, 300);
    };

    const follow = () => {
        const state = index === 0 && fromAddress();
        if (!state) return false;
        clearTimeout(settling);
        ({ mode, delays } = state);
        return true;
    };
    window.addEventListener("hashchange", () => {
        if (!follow()) return;
        status.textContent = show();
        bench.scrollIntoView();
    });
    // mdBook turns the page at an arrow key. Here, one scrolls a wide table.
    bench.addEventListener("keydown", event => {
        if (event.key.startsWith("Arrow")) event.stopPropagation();
    });

    const wasAskedFor = follow();
    show();
    const checked = bench.querySelector(".checked");
    checked.hidden = false;
    bench.replaceChildren(
        html(
            "fieldset",
            { class: "bench-modes" },
            html("legend", {}, "How the calls are made"),
            ...radios.map(({ label }) => label),
        ),
        html(
            "fieldset",
            {},
            html("legend", {}, "How long each of them waits"),
            list,
            html("div", { class: "bench-buttons" }, ...buttons.map(({ button }) => button)),
        ),
        shown,
        status,
        checked,
    );
    // Who comes back or reloads is where they were.
    const [navigation] = performance.getEntriesByType("navigation");
    if (wasAskedFor && navigation?.type === "navigate") bench.scrollIntoView();
}
