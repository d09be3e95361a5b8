"use strict";

// What surrounds the text: mdBook's own page, mended where it shuts readers out. A template of our
// own would go stale with the next mdBook.

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

// The player of a recorded run: it moves a line over the figure and says what happens at that
// time. It reads the run off the figure's `data-timeline`; nothing is computed anew.

(() => {
    const SVG = "http://www.w3.org/2000/svg";
    const ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth",
        "ninth", "tenth"];
    const ENDS = { returned: "returns", failed: "fails", dropped: "is dropped", panicked: "panics" };
    const PLAY = "M3 2l11 6-11 6z";
    const PAUSE = "M3 2h4v12h-4zM9 2h4v12h-4z";
    const BACK = "M2 2h2v12h-2zM14 2v12l-9-6z";
    const ON = "M12 2h2v12h-2zM2 2v12l9-6z";
    // The slider has at most so many steps, of a round length, so that arrow keys meet events.
    const STEPS = 200;
    // How long each event is shown where nothing is to move, in milliseconds at 1×.
    const PAUSE_AT_EVENT = 2000;

    const reduced = matchMedia("(prefers-reduced-motion: reduce)");
    // Of several figures on a page, one plays.
    let playing = null;

    function element(name, attributes, parent, namespace) {
        const made = namespace ? document.createElementNS(namespace, name)
            : document.createElement(name);
        for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
        if (parent) parent.append(made);
        return made;
    }

    const round = number => String(+number.toPrecision(4));

    /** A time as the tables write it: `8 s`, `300 ms`. */
    function timeText(milliseconds) {
        for (const [unit, size] of [["s", 1000], ["ms", 1], ["µs", 1e-3]]) {
            if (milliseconds >= size) return `${round(milliseconds / size)}\u00a0${unit}`;
        }
        return milliseconds > 0 ? `${round(milliseconds * 1e6)}\u00a0ns` : "0\u00a0s";
    }

    function ordinal(place) {
        const teen = place % 100 > 10 && place % 100 < 14;
        return ORDINALS[place - 1] || place + (teen ? "th" : ["th", "st", "nd", "rd"][place % 10] || "th");
    }

    /** `call 1, call 2 and 98 more start`. */
    function together(labels, one, many) {
        const named = labels.length > 3 ? labels.slice(0, 2).concat(`${labels.length - 2} more`) : labels;
        const last = named[named.length - 1];
        return named.length === 1 ? `${last} ${one}` : `${named.slice(0, -1).join(", ")} and ${last} ${many}`;
    }

    /** The instants at which something happens, and what, in words. */
    function eventsOf(run) {
        const instants = new Map();
        const at = time => {
            if (!instants.has(time)) instants.set(time, { starts: [], polls: [], ends: [] });
            return instants.get(time);
        };
        at(0);
        for (const call of run.calls) {
            const letters = [...call.label];
            const label = letters.length > 40 ? letters.slice(0, 39).join("") + "…" : call.label;
            at(call.start).starts.push(label);
            for (const poll of call.polls) {
                if (poll !== call.start && poll !== call.end) at(poll).polls.push(label);
            }
            if (call.end !== null) {
                const place = call.order === null ? "" : `, ${ordinal(call.order)} to complete`;
                at(call.end).ends.push({ text: `${label} ${ENDS[call.outcome] || "ends"}${place}`, order: call.order });
            }
        }
        at(run.total);
        return [...instants].sort(([a], [b]) => a - b).map(([time, { starts, polls, ends }]) => {
            const words = ends.sort((a, b) => (a.order || Infinity) - (b.order || Infinity))
                .map(end => end.text);
            if (words.length > 3) words.splice(2, words.length, `${words.length - 2} more end`);
            if (polls.length) words.push(together(polls, "is polled", "are polled"));
            if (starts.length) words.push(together(starts, "starts", "start"));
            if (time === run.total) words.push("the run ends");
            return { time, words: `${timeText(time)} · ${words.join("; ") || "the run begins"}` };
        });
    }

    function roundStep(end) {
        const power = 10 ** Math.floor(Math.log10(end / STEPS));
        return [1, 2, 5, 10].map(step => step * power).find(step => step >= end / STEPS);
    }

    function button(player, name, path) {
        const made = element("button", { type: "button", "aria-label": name, title: name }, player);
        const icon = element("svg", { width: 16, height: 16, "aria-hidden": "true" }, made, SVG);
        element("path", { d: path }, icon, SVG);
        return made;
    }

    function start(figure) {
        const player = figure.querySelector(".player");
        const drawing = figure.querySelector(":scope > svg");
        if (!player || !drawing) return;
        const run = JSON.parse(figure.dataset.timeline);
        const events = eventsOf(run);
        const end = events[events.length - 1].time;
        // The figure's axis goes on to the rival's time: the element knows where it ends.
        const span = Number(drawing.dataset.span) || end;

        player.setAttribute("role", "group");
        player.setAttribute("aria-label", `Player of the recorded run ${figure.dataset.run}`);
        const back = button(player, "Previous event", BACK);
        const toggle = button(player, "Play", PLAY);
        const on = button(player, "Next event", ON);
        const stride = roundStep(end);
        const slider = element("input", {
            type: "range", min: 0, max: Math.ceil(end / stride), value: 0, "aria-label": "Time in the recorded run",
        }, player);
        const speed = element("select", { "aria-label": "Speed" }, player);
        for (const times of [1, 2, 5, 10]) {
            element("option", { value: times }, speed).textContent = `${times}×`;
        }
        const words = element("p", { "aria-live": "polite" }, player);
        words.textContent = `This plays the recorded run: ${timeText(run.total)}.`;

        let time = 0;
        let shown = -1;
        let last = null;
        let veil = null;
        let line = null;

        // The event that is the last at a time.
        function eventAt(at) {
            let low = 0;
            for (let high = events.length; high - low > 1;) {
                const middle = (low + high) >> 1;
                if (events[middle].time <= at) low = middle; else high = middle;
            }
            return low;
        }

        function show(at) {
            time = Math.min(Math.max(at, 0), end);
            if (!line) {
                veil = element("rect", { class: "later", width: "100%", height: "100%" }, drawing, SVG);
                line = element("line", { class: "now", y2: "100%" }, drawing, SVG);
            }
            const part = time / span;
            line.style.transform = `translateX(${100 * part}%)`;
            veil.style.transform = `scaleX(${time === end ? 0 : 1 - part})`;
            slider.value = Math.round(time / stride);
            const event = eventAt(time);
            if (event !== shown) {
                shown = event;
                words.textContent = events[event].words;
                back.disabled = event === 0;
                on.disabled = event === events.length - 1;
            }
            const at_event = events[event].time === time;
            slider.setAttribute("aria-valuetext", at_event ? words.textContent : timeText(time));
            if (!at_event) back.disabled = false;
        }

        function pause() {
            if (playing !== pause) return;
            playing = null;
            toggle.setAttribute("aria-label", "Play");
            toggle.title = "Play";
            toggle.querySelector("path").setAttribute("d", PLAY);
        }

        function frame(now) {
            if (playing !== pause) return;
            const passed = (now - last) * speed.value;
            if (!reduced.matches) {
                last = now;
                show(time + passed);
            } else if (passed >= PAUSE_AT_EVENT) {
                last = now;
                show(events[Math.min(shown + 1, events.length - 1)].time);
            }
            if (time === end) pause(); else requestAnimationFrame(frame);
        }

        function play() {
            if (playing) playing();
            playing = pause;
            toggle.setAttribute("aria-label", "Pause");
            toggle.title = "Pause";
            toggle.querySelector("path").setAttribute("d", PAUSE);
            show(time === end ? 0 : time);
            last = performance.now();
            requestAnimationFrame(frame);
        }

        function step(to) {
            pause();
            show(events[Math.min(Math.max(to, 0), events.length - 1)].time);
        }

        toggle.addEventListener("click", () => playing === pause ? pause() : play());
        // Between two events, the previous one is the one that was last.
        back.addEventListener("click", () => {
            const event = eventAt(time);
            step(events[event].time < time ? event : event - 1);
        });
        on.addEventListener("click", () => step(shown < 0 ? 0 : eventAt(time) + 1));
        slider.addEventListener("input", () => {
            pause();
            show(+(slider.value * stride).toPrecision(12));
        });
        // mdBook turns the page on arrow keys; who presses one in the player does not want to go.
        player.addEventListener("keydown", event => {
            if (event.key.startsWith("Arrow")) event.stopPropagation();
        });
        back.disabled = true;
    }

    document.querySelectorAll("figure.timeline[data-timeline]").forEach(start);
})();

// Predict: the reader says what a run will do before it is shown, and learns what the difference
// means. What is true of the run is in the attributes of the form, from the recording; what the
// reader said stays in this browser.
{
    const KEY = "async-rust-by-the-clock.predictions";
    const forms = [...document.querySelectorAll("form.predict")];
    const veils = new Map();
    let state = { answers: {}, always: false };
    // Runs that were asked to be shown: until the page is left, and not counted.
    const shown = new Set();

    const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

    // Storage may be refused, full, or hold what another page put there.
    const load = () => {
        try {
            const stored = JSON.parse(localStorage.getItem(KEY));
            if (stored === null) {
                state = { answers: {}, always: false };
            } else if (isObject(stored) && isObject(stored.answers)) {
                state = { answers: stored.answers, always: stored.always === true };
            }
        } catch {
            // What has been predicted since the page was opened is still in `state`.
        }
    };
    const change = (how) => {
        load();
        how(state);
        try {
            localStorage.setItem(KEY, JSON.stringify(state));
        } catch {
            // It is remembered until the page is left.
        }
        refresh();
    };

    const time = (seconds) =>
        seconds > 0 && seconds < 1
            ? `${+(seconds * 1000).toPrecision(6)}\u00a0ms`
            : `${+seconds.toPrecision(6)}\u00a0s`;
    const same = (a, b) => Math.abs(a - b) < 1e-9;
    const answerOf = (run) => {
        const answer = Object.hasOwn(state.answers, run) ? state.answers[run] : null;
        return isObject(answer) && Number.isFinite(answer.total) && Array.isArray(answer.order)
            ? answer
            : null;
    };
    const recorded = ({ dataset }) => ({
        run: dataset.run,
        total: +dataset.total,
        order: dataset.order.split(", ").filter(Boolean),
        calls: dataset.calls.split(", ").filter(Boolean),
        count: +dataset.of,
        sum: +dataset.sum,
        longest: +dataset.longest,
    });

    const aboutTotal = (said, { total, count, sum, longest }) => {
        const several = count > 1 && !same(sum, longest);
        if (same(said, total)) {
            const why =
                several && same(total, sum) ? ": in series, the times of the calls add up"
                : several && same(total, longest) ? ": side by side, the calls take as long as the longest"
                : "";
            return `Right, ${time(total)}${why}.`;
        }
        if (several && same(said, sum)) {
            return `You said ${time(said)}: you added the calls up. That is what series would do; the run took ${time(total)}.`;
        }
        if (several && same(said, longest)) {
            return `You said ${time(said)}: that is what the calls would take side by side; the run took ${time(total)}.`;
        }
        const off = `${time(Math.abs(total - said))} ${total > said ? "more" : "less"}`;
        return `You said ${time(said)}; the run took ${time(total)}, ${off}.`;
    };
    const aboutOrder = (said, { order, calls, count }) => {
        if (!calls.length) {
            return count ? "" : "No call has started.";
        }
        const list = said.join(", ");
        const truth = order.length
            ? `they completed in the order ${order.join(", ")}.`
            : "none of them completed.";
        const written = list === calls.join(", ");
        if (list === order.join(", ")) {
            return list ? `The order is right: ${list}${written ? ", as they are written" : ""}.` : "Right: no call completed.";
        }
        const never = said.filter((call) => !order.includes(call));
        return [
            !list ? `You gave no order of the calls; ${truth}`
            : written ? `You said ${list}, the order in which the calls are written; ${truth}`
            : `You said ${list}; ${truth}`,
            order.length && never.length ? `Call ${never.join(" and ")} did not complete.` : "",
        ].join(" ");
    };
    const isRight = (answer, { total, order, calls }) =>
        same(answer.total, total) && (!calls.length || answer.order.join() === order.join());

    const ordinal = (n) => `${n}${{ 1: "st", 2: "nd", 3: "rd" }[n % 100 > 10 && n % 100 < 14 ? 0 : n % 10] || "th"}`;
    const chosen = new Map(forms.map((form) => [form, []]));

    const label = (form) => {
        for (const button of form.querySelectorAll(".calls button")) {
            const place = chosen.get(form).indexOf(button.value) + 1;
            button.setAttribute("aria-pressed", place > 0);
            button.textContent = `call ${button.value}${place ? ` · ${ordinal(place)}` : ""}`;
        }
    };

    const refresh = () => {
        const answers = Object.keys(state.answers).map((run) => answerOf(run)).filter(Boolean);
        const right = answers.filter((answer) => answer.right).length;
        const all = document.querySelector("[data-predictions]")?.dataset.predictions;
        for (const form of forms) {
            const run = recorded(form);
            const answer = answerOf(run.run);
            const [total] = form.elements;
            const output = form.querySelector("output");
            output.dataset.hint ??= output.textContent;
            if (answer) {
                total.value = answer.total;
                chosen.set(form, [...answer.order]);
                label(form);
            }
            const text = answer
                ? `${aboutTotal(answer.total, run)} ${aboutOrder(answer.order, run)}`.trim()
                : shown.has(run.run)
                  ? `The run took ${time(run.total)}${run.order.length > 1 ? `; the calls completed in the order ${run.order.join(", ")}` : ""}.`
                  : output.dataset.hint;
            // Words that do not change must not be announced again.
            if (output.textContent !== text) {
                output.textContent = text;
            }
            total.disabled = !!answer;
            for (const button of form.querySelectorAll(".calls button")) {
                button.disabled = !!answer;
            }
            form.querySelector("button:not([type])").textContent = answer ? "Predict again" : "Check";
            form.querySelector(".show").hidden = !!answer || shown.has(run.run);
            form.querySelector(".progress span").textContent = answers.length
                ? `You have predicted ${answers.length}${all ? ` of ${all}` : ""}, ${right} right.`
                : "Nothing predicted yet.";
            form.querySelector(".clear").hidden = !answers.length;
            form.querySelector("[type=checkbox]").checked = state.always;
        }
        for (const [figure, veil] of veils) {
            const run = figure.dataset.run;
            const open = state.always || shown.has(run) || !!answerOf(run);
            figure.classList.toggle("shown", open);
            for (const child of figure.children) {
                child.inert = child === veil ? open : !open;
            }
        }
    };

    const show = (run) => {
        shown.add(run);
        refresh();
    };

    for (const figure of document.querySelectorAll("figure.timeline.veiled")) {
        const veil = document.createElement("div");
        veil.className = "veil";
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = "Show me";
        button.addEventListener("click", () => {
            show(figure.dataset.run);
            // The button is gone: what it has uncovered comes next.
            figure.tabIndex = -1;
            figure.focus({ preventScroll: true });
        });
        veil.append("Predict first, or: ", button);
        figure.append(veil);
        veils.set(figure, veil);
    }

    for (const form of forms) {
        const run = recorded(form);
        form.addEventListener("submit", (event) => {
            event.preventDefault();
            const again = answerOf(run.run);
            change((state) => {
                if (again) {
                    delete state.answers[run.run];
                } else {
                    const answer = { total: form.elements[0].valueAsNumber, order: [...chosen.get(form)] };
                    state.answers[run.run] = { ...answer, right: isRight(answer, run) };
                }
            });
            if (again) {
                shown.delete(run.run);
                forms.filter((other) => other.dataset.run === run.run).forEach(empty);
                refresh();
                form.elements[0].focus();
            }
        });
        form.addEventListener("click", ({ target }) => {
            if (target.closest(".calls button")) {
                const calls = chosen.get(form);
                const at = calls.indexOf(target.value);
                at < 0 ? calls.push(target.value) : calls.splice(at, 1);
                label(form);
            } else if (target.matches(".show")) {
                show(run.run);
                // The button is gone.
                form.elements[0].focus();
            } else if (target.matches(".clear")) {
                shown.clear();
                change((state) => (state.answers = {}));
                forms.forEach(empty);
                form.elements[0].focus();
            }
        });
        form.querySelector("[type=checkbox]").addEventListener("change", ({ target }) =>
            change((state) => (state.always = target.checked)),
        );
    }
    const empty = (form) => {
        chosen.set(form, []);
        form.elements[0].value = "";
        label(form);
    };

    addEventListener("storage", (event) => {
        if (event.key === KEY || event.key === null) {
            load();
            refresh();
        }
    });
    if (forms.length) {
        load();
        refresh();
        document.documentElement.classList.add("predicts");
    }
}

// Rosetta as tabs: the same program in other languages, one at a time, by the pattern of the
// WAI-ARIA Authoring Practices. The language that the reader chose is chosen on all pages.
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
