"use strict";

// What calls that only wait do, calculated: the model behind the bench. tests/model.rs runs this
// very file and tokio on the same random delays, and compares every time and every place.
{
    // A call that awaits its timer is polled once to set it, and once when it has run out. A timer
    // without a delay is ready at the first poll.
    const startAndEnd = (start, end) => (end > start ? [start, end] : [start]);

    // One call after the other.
    const inSeries = (polls) => (delays) => {
        let now = 0;
        return delays.map((delay) => {
            const start = now;
            now += delay;
            return { start, polls: polls(start, now), end: now };
        });
    };

    // All calls from the beginning.
    const together = (polls) => (delays) =>
        delays.map((delay) => ({ start: 0, polls: polls(0, delay, delays), end: delay }));

    // One task for all of them: whenever a timer wakes it, every call that is not ready is polled.
    // Timers that run out in the same millisecond wake it once.
    const wheneverOneWakes = (start, end, delays) => {
        const wakes = new Set([start, ...delays]);
        return [...wakes].filter((at) => at <= end).sort((a, b) => a - b);
    };

    // Polls are counted in tasks only: a thread is not polled.
    const none = () => [];

    const modes = {
        blocking: { clock: "wall", calls: inSeries(none) },
        threads: { clock: "wall", calls: together(none) },
        series: { clock: "virtual", calls: inSeries(startAndEnd) },
        spawned: { clock: "virtual", calls: together(startAndEnd) },
        joined: { clock: "virtual", calls: together(wheneverOneWakes) },
    };

    // The run of calls with these delays, in milliseconds, as figures have it. Of calls that end at
    // the same instant, the one that was written first completes first; so it is with tasks and
    // `join_all`, while of two threads, and in a `join!`, another may be ahead.
    const simulate = (mode, delays) => {
        const { clock, calls: of } = modes[mode];
        const calls = of(delays).map((call, i) => ({
            label: `call ${i + 1}`,
            call: i + 1,
            parent: null,
            ...call,
            outcome: "returned",
        }));
        // Sorting keeps equal ones in their order.
        const completed = [...calls].sort((a, b) => a.end - b.end);
        completed.forEach((call, i) => (call.order = i + 1));
        return { clock, total: Math.max(0, ...calls.map((call) => call.end)), calls };
    };

    globalThis.asyncByTheClock ??= {};
    globalThis.asyncByTheClock.model = { simulate };
}

// The model is tested outside of a page.
if (typeof document !== "undefined") {
    /** An element of HTML or SVG with these attributes and children. */
    const DRAWN = new Set(["svg", "g", "path", "rect", "line", "text"]);
    const make = (name, attributes, ...children) => {
        const made = DRAWN.has(name)
            ? document.createElementNS("http://www.w3.org/2000/svg", name)
            : document.createElement(name);
        for (const key in attributes) made.setAttribute(key, attributes[key]);
        made.append(...children);
        return made;
    };

    /** What a sketch describes: an element by its name, attributes and children, or what it is. */
    const build = (sketch) =>
        Array.isArray(sketch) ? make(sketch[0], sketch[1], ...sketch.slice(2).map(build)) : sketch;

    /** Makes of a node that is like the sketch `was` one like the sketch `is`; the rest stays. */
    const redraw = (node, was, is) => {
        if (!Array.isArray(was) || !Array.isArray(is) || was[0] !== is[0]) {
            if (was !== is) node.replaceWith(build(is));
            return;
        }
        const [, before, ...had] = was;
        const [, attributes, ...children] = is;
        for (const key in before) if (!(key in attributes)) node.removeAttribute(key);
        for (const key in attributes) {
            if (before[key] !== attributes[key]) node.setAttribute(key, attributes[key]);
        }
        // What the player has added goes, too.
        const kept = Math.min(had.length, children.length);
        while (node.childNodes.length > kept) node.lastChild.remove();
        children.forEach((child, i) => {
            if (i < kept) redraw(node.childNodes[i], had[i], child);
            else node.append(build(child));
        });
    };

    /** `1st`, `2nd`, `3rd`, `4th`. */
    const ordinal = (n) =>
        n + ([, "st", "nd", "rd"][n % 100 > 10 && n % 100 < 14 ? 0 : n % 10] ?? "th");

    /** A time as the tables write it: `8 s`, `300 ms`. */
    const timeText = (milliseconds) => {
        const round = (number) => String(+number.toPrecision(4));
        for (const [unit, size] of [
            ["s", 1000],
            ["ms", 1],
            ["µs", 1e-3],
        ]) {
            if (milliseconds >= size) return `${round(milliseconds / size)}\u00a0${unit}`;
        }
        return milliseconds > 0 ? `${round(milliseconds * 1e6)}\u00a0ns` : "0\u00a0s";
    };

    // What surrounds the text: mdBook's own page, mended where it shuts readers out. A template of our
    // own would go stale with the next mdBook.

    {
        const main = document.querySelector("main");
        const menuBar = document.getElementById("mdbook-menu-bar");

        // A skip link, before all else. It leaves the fragment of the address alone.
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
            const button = make("button", { type: "button" });
            for (const name of [
                "id",
                "class",
                "title",
                "aria-label",
                "aria-controls",
                "aria-expanded",
            ]) {
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
        const watch = new ResizeObserver((entries) => {
            const isWide = entries.map(({ target }) => target.scrollWidth > target.clientWidth);
            for (const [i, { target }] of entries.entries()) {
                if (isWide[i]) {
                    target.tabIndex = 0;
                    target.setAttribute("role", "group");
                    target.setAttribute(
                        "aria-label",
                        target.matches("code") ? "Program text" : "Table",
                    );
                } else {
                    for (const name of ["tabindex", "role", "aria-label"])
                        target.removeAttribute(name);
                }
            }
        });
        document.querySelectorAll("main pre > code, main .table-wrapper").forEach((scroller) => {
            watch.observe(scroller);
        });
    }

    // The player of a run: it moves a line over the figure and says what happens at that time. Of a
    // recorded run, it reads all off the figure's `data-timeline`; nothing is computed anew.

    const addPlayer = (() => {
        const ORDINALS = [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
        ];
        const ENDS = {
            returned: "returns",
            failed: "fails",
            dropped: "is dropped",
            panicked: "panics",
        };
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

        /** `call 1, call 2 and 98 more start`. */
        function together(labels, one, many) {
            const named =
                labels.length > 3 ? labels.slice(0, 2).concat(`${labels.length - 2} more`) : labels;
            const last = named[named.length - 1];
            return named.length === 1
                ? `${last} ${one}`
                : `${named.slice(0, -1).join(", ")} and ${last} ${many}`;
        }

        /** The instants at which something happens, and what, in words. */
        function eventsOf(run) {
            const instants = new Map();
            const at = (time) => {
                if (!instants.has(time)) instants.set(time, { starts: [], polls: [], ends: [] });
                return instants.get(time);
            };
            at(0);
            for (const call of run.calls) {
                const { label } = call;
                const atOnce = call.end === call.start;
                if (!atOnce) at(call.start).starts.push(label);
                for (const poll of call.polls) {
                    if (poll !== call.start && poll !== call.end) at(poll).polls.push(label);
                }
                if (call.end !== null) {
                    const place = ORDINALS[call.order - 1] ?? ordinal(call.order);
                    const completes = call.order === null ? "" : `, ${place} to complete`;
                    at(call.end).ends.push({
                        text: `${label} ${atOnce ? "starts and " : ""}${ENDS[call.outcome] || "ends"}${completes}`,
                        order: call.order,
                    });
                }
            }
            at(run.total);
            return [...instants]
                .sort(([a], [b]) => a - b)
                .map(([time, { starts, polls, ends }]) => {
                    const words = ends
                        .sort((a, b) => (a.order || Infinity) - (b.order || Infinity))
                        .map((end) => end.text);
                    if (words.length > 3)
                        words.splice(2, words.length, `${words.length - 2} more end`);
                    if (polls.length) words.push(together(polls, "is polled", "are polled"));
                    if (starts.length) words.push(together(starts, "starts", "start"));
                    if (time === run.total) words.push("the run ends");
                    return {
                        time,
                        words: `${timeText(time)} · ${words.join("; ") || "the run begins"}`,
                    };
                });
        }

        function roundStep(end) {
            const power = 10 ** Math.floor(Math.log10(end / STEPS));
            return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= end / STEPS);
        }

        const button = (name, path) =>
            make(
                "button",
                { type: "button", "aria-label": name, title: name },
                make(
                    "svg",
                    { width: 16, height: 16, "aria-hidden": "true" },
                    make("path", { d: path }),
                ),
            );

        /**
         * Fills a player, and gives a function that has it play a run, on the drawing that another function finds.
         * What it plays, and what it says until it does, is told by `name` and `greeting`.
         */
        return (player, name, greeting) => {
            const back = button("Previous event", BACK);
            const toggle = button("Play", PLAY);
            const on = button("Next event", ON);
            const slider = make("input", {
                type: "range",
                min: 0,
                "aria-label": `Time in the ${name}`,
            });
            const speeds = [1, 2, 5, 10].map((times) =>
                make("option", { value: times }, `${times}×`),
            );
            const speed = make("select", { "aria-label": "Speed" }, ...speeds);
            const words = make("p", { "aria-live": "polite" }, greeting);
            player.setAttribute("role", "group");
            player.setAttribute("aria-label", `Player of the ${name}`);
            player.append(back, toggle, on, slider, speed, words);

            // Not `disabled`: that would take the focus away from who is pressing it.
            const allow = (button, isAllowed) => button.setAttribute("aria-disabled", !isAllowed);

            let run, drawing, events, end, span, stride, time, shown, line, veil;
            let last = null;

            const load = (newRun, findDrawing) => {
                pause();
                line = null;
                [run, drawing] = [newRun, findDrawing];
                // Of most runs nobody asks for the words.
                events = null;
                end = Math.max(run.total, ...run.calls.map((call) => call.end));
                stride = roundStep(end || 1);
                slider.max = Math.ceil(end / stride);
                slider.value = time = 0;
                slider.setAttribute("aria-valuetext", timeText(0));
                shown = -1;
                // What takes no time cannot be played.
                for (const control of [back, toggle, on, slider]) control.disabled = end === 0;
                allow(back, false);
                allow(on, true);
            };

            // The event that is the last at a time.
            function eventAt(at) {
                let low = 0;
                for (let high = events.length; high - low > 1;) {
                    const middle = (low + high) >> 1;
                    if (events[middle].time <= at) low = middle;
                    else high = middle;
                }
                return low;
            }

            function show(at) {
                events ??= eventsOf(run);
                time = Math.min(Math.max(at, 0), end);
                if (!line) {
                    // The figure's axis goes on to the rival's time: the element knows where it ends.
                    span = Number(drawing().dataset.span) || end;
                    veil = make("rect", { class: "later", width: "100%", height: "100%" });
                    line = make("line", { class: "now", y2: "100%" });
                    drawing().append(veil, line);
                }
                const part = time / span;
                line.style.transform = `translateX(${100 * part}%)`;
                veil.style.transform = `scaleX(${time === end ? 0 : 1 - part})`;
                slider.value = Math.round(time / stride);
                const event = eventAt(time);
                if (event !== shown) {
                    shown = event;
                    words.textContent = events[event].words;
                    allow(on, event < events.length - 1);
                }
                allow(back, time > 0);
                const at_event = events[event].time === time;
                slider.setAttribute(
                    "aria-valuetext",
                    at_event ? words.textContent : timeText(time),
                );
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
                if (time === end) pause();
                else requestAnimationFrame(frame);
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
                events ??= eventsOf(run);
                show(events[Math.min(Math.max(to, 0), events.length - 1)].time);
            }

            toggle.addEventListener("click", () => (playing === pause ? pause() : play()));
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
            player.addEventListener("keydown", (event) => {
                if (event.key.startsWith("Arrow")) event.stopPropagation();
            });
            return load;
        };
    })();

    /** Fills the player of a figure, if it has one that is still empty. */
    const playRecorded = (figure) => {
        const player = figure.querySelector(".player:empty");
        if (!player) return;
        const drawing = figure.querySelector(":scope > svg");
        const run = JSON.parse(figure.dataset.timeline);
        const greeting = `This plays the recorded run: ${timeText(run.total)}.`;
        addPlayer(player, `recorded run ${figure.dataset.run}`, greeting)(run, () => drawing);
    };
    // A figure that is veiled gets its player when it is shown: most of a page's are.
    document.querySelectorAll("figure.timeline:not(.veiled)").forEach(playRecorded);

    // Predict: the reader says what a run will do before it is shown, and learns what the difference
    // means. What is true of the run is in `data-prediction` of the form, from the recording; what the
    // reader said stays in this browser.
    {
        const KEY = "async-rust-by-the-clock.predictions";
        const forms = [...document.querySelectorAll("form.predict")];
        const veils = new Map();
        let state = { answers: {}, always: false };
        // Runs that were asked to be shown: until the page is left, and not counted.
        const shown = new Set();

        const isObject = (value) =>
            typeof value === "object" && value !== null && !Array.isArray(value);

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

        const time = (milliseconds) =>
            milliseconds > 0 && milliseconds < 1000
                ? `${+milliseconds.toPrecision(6)}\u00a0ms`
                : `${+(milliseconds / 1000).toPrecision(6)}\u00a0s`;
        const same = (a, b) => Math.abs(a - b) < 1e-6;
        const answerOf = (run) => {
            const answer = Object.hasOwn(state.answers, run) ? state.answers[run] : null;
            return isObject(answer) && Number.isFinite(answer.total) && Array.isArray(answer.order)
                ? answer
                : null;
        };
        // What is true of the run; times in milliseconds. An answer has the seconds that were typed.
        const recorded = (form) => JSON.parse(form.dataset.prediction);

        const aboutTotal = (said, { total, sum, longest, isCut }) => {
            const several = !same(sum, longest);
            const inFull = isCut ? ", each to its end" : "";
            if (same(said, total)) {
                const why =
                    several && same(total, sum)
                        ? ": in series, the times of the calls add up"
                        : several && same(total, longest)
                          ? ": side by side, the calls take as long as the longest"
                          : "";
                return `Right, ${time(total)}${why}.`;
            }
            if (several && same(said, sum)) {
                return `You said ${time(said)}: you added the calls up. That is what series would do${inFull}; the run took ${time(total)}.`;
            }
            if (several && same(said, longest)) {
                return `You said ${time(said)}: that is what the calls would take side by side${inFull}; the run took ${time(total)}.`;
            }
            const off = `${time(Math.abs(total - said))} ${total > said ? "more" : "less"}`;
            return `You said ${time(said)}; the run took ${time(total)}, ${off}.`;
        };
        const completed = (order, who = "they") =>
            order.length > 1
                ? `${who} completed in the order ${order.join(", ")}.`
                : order.length
                  ? `call ${order} alone completed.`
                  : "no call completed.";
        const aboutOrder = (said, { order, calls }) => {
            if (!calls.length) {
                return "";
            }
            const list = said.join(", ");
            const written = list === calls.join(", ");
            if (list === order.join(", ")) {
                return list
                    ? `The order is right: ${list}${written ? ", as they are written" : ""}.`
                    : "Right: no call completed.";
            }
            return !list
                ? `You gave no order of the calls; ${completed(order)}`
                : written
                  ? `You said ${list}, the order in which the calls are written; ${completed(order)}`
                  : `You said ${list}; ${completed(order)}`;
        };
        const isRight = (answer, { total, order, calls }) =>
            same(answer.total * 1000, total) && (!calls.length || answer.order.join() === order.join());

        const chosen = new Map(forms.map((form) => [form, []]));

        const label = (form) => {
            for (const button of form.querySelectorAll(".calls button")) {
                const place = chosen.get(form).indexOf(button.value) + 1;
                button.setAttribute("aria-pressed", place > 0);
                button.textContent = `call ${button.value}${place ? ` · ${ordinal(place)}` : ""}`;
            }
        };

        const refresh = () => {
            const answers = Object.keys(state.answers)
                .map((run) => answerOf(run))
                .filter(Boolean);
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
                const sentences = answer
                    ? [aboutTotal(answer.total * 1000, run), aboutOrder(answer.order, run), run.fates]
                    : shown.has(run.run)
                      ? [
                            `The run took ${time(run.total)}${run.calls.length ? `; ${completed(run.order, "the calls")}` : "."}`,
                            run.fates,
                        ]
                      : [output.dataset.hint];
                const text = sentences.filter(Boolean).join(" ");
                // Words that do not change must not be announced again.
                if (output.textContent !== text) {
                    output.textContent = text;
                }
                total.disabled = !!answer;
                for (const button of form.querySelectorAll(".calls button")) {
                    button.disabled = !!answer;
                }
                form.querySelector("button:not([type])").textContent = answer
                    ? "Predict again"
                    : "Check";
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
                if (open) playRecorded(figure);
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
            const name = { type: "button", "aria-label": `Show me ${figure.dataset.run}` };
            const button = make("button", name, "Show me");
            const veil = make("div", { class: "veil" }, "Predict first, or: ", button);
            button.addEventListener("click", () => {
                show(figure.dataset.run);
                // The button is gone: what it has uncovered comes next.
                figure.tabIndex = -1;
                figure.focus({ preventScroll: true });
            });
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
                        const answer = {
                            total: form.elements[0].valueAsNumber,
                            order: [...chosen.get(form)],
                        };
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
            const tabs = panels.map((panel) => {
                const { language, name } = JSON.parse(panel.dataset.program);
                panel.dataset.language = language;
                panel.id = `panel-${number}-${language}`;
                const attributes = {
                    type: "button",
                    id: `tab-${number}-${language}`,
                    role: "tab",
                    "data-language": language,
                    "aria-controls": panel.id,
                };
                const tab = make("button", attributes, name);
                panel.setAttribute("role", "tabpanel");
                panel.setAttribute("aria-labelledby", tab.id);
                panel.tabIndex = 0;
                tab.addEventListener("click", () => choose(tab));
                return tab;
            });
            const list = make("div", { role: "tablist", "aria-label": "language" }, ...tabs);
            list.addEventListener("keydown", (event) => {
                const at = tabs.indexOf(event.target);
                const to = {
                    ArrowRight: at + 1,
                    ArrowLeft: at - 1 + tabs.length,
                    Home: 0,
                    End: tabs.length - 1,
                }[event.key];
                if (
                    to === undefined ||
                    event.ctrlKey ||
                    event.altKey ||
                    event.metaKey ||
                    event.shiftKey
                ) {
                    return;
                }
                // mdBook turns the page by these keys.
                event.preventDefault();
                event.stopPropagation();
                choose(tabs[to % tabs.length]);
            });
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

    // The bench: the reader changes the delays of some calls and the way they are made, and sees what
    // follows. Calculated by the model above.
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

        // `joined:5,8,2`: what an address holds after `#bench=`, in seconds.
        const parse = (text) => {
            const [mode, list = "", ...rest] = text.split(":");
            const words = list.split(",");
            const isFit = (word) =>
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

        // Figure and table look like those that crates/mdbook-listings/src/figure.rs makes of recordings.
        const orderOf = (run) =>
            [...run.calls]
                .sort((a, b) => a.order - b.order)
                .map((call) => call.call)
                .join(", ");

        const story = (run) => {
            const instants = new Map();
            const add = (at, what) => instants.set(at, [...(instants.get(at) ?? []), what]);
            for (const call of run.calls) add(call.start, `${call.label} starts`);
            for (const call of run.calls) {
                add(call.end, `${call.label} returns, ${ordinal(call.order)} to complete`);
            }
            return [...instants]
                .sort(([a], [b]) => a - b)
                .map(([at, what]) => `At ${timeText(at)}: ${what.join("; ")}. `)
                .join("");
        };

        // Sketches of the drawing, its key and the table.
        const figure = (run) => {
            const LANE = 40,
                TEXT = 14,
                BAR = 12,
                BRACKET = 30,
                AXIS = 28,
                MOST_MARKS = 8,
                LETTERS = 44;
            const { clock, calls, total } = run;
            // The same calls, made the other way. The total is their sum, or the longest of them.
            const sum = calls.reduce((sum, { start, end }) => sum + end - start, 0);
            const longest = Math.max(...calls.map(({ start, end }) => end - start));
            const rival = total < sum ? sum : longest;
            const hasRival = longest < sum;
            const span = rival > 3 * total ? total : Math.max(total, rival);
            const x = (at) => `${+((100 * at) / span).toFixed(2)}%`;
            const lanes = calls.length * LANE;
            const bottom = lanes + (hasRival ? 2 : 1) * BRACKET;
            const line = (name, x1, x2, y1, y2) => ["line", { class: name, x1, x2, y1, y2 }];
            const text = (attributes, x, y, anchor, words) => [
                "text",
                { ...attributes, x, y, "text-anchor": anchor },
                words,
            ];
            const rect = (name, x, y, width, height, more) => [
                "rect",
                { class: name, x, y, width, height, ...more },
            ];
            const atEnd = (x, y, ...content) => [
                "svg",
                { class: "end", x, y, overflow: "visible" },
                ...content,
            ];
            // What belongs together is in a group, so that of two drawings the same parts meet. It is
            // not read: the whole has a text.
            const HIDDEN = { "aria-hidden": true };
            const axis = ["g", HIDDEN];
            const steps = [1, 10, 100].flatMap((power) =>
                [100, 200, 500].map((step) => step * power),
            );
            const step = steps.find((step) => step * MOST_MARKS >= span);
            for (let i = 0; i * step <= span; i++) {
                const at = x(i * step);
                const name = { class: `axis${i % 2 ? " odd" : ""}` };
                axis.push(
                    line("grid", at, at, 0, bottom),
                    text(name, at, bottom + 16, i ? "middle" : "start", timeText(i * step)),
                );
            }
            const drawn = calls.map(({ label, start, polls, end, outcome, order }, position) => {
                const top = position * LANE;
                const bar = top + TEXT + 6;
                const words = `${label} · ${start ? timeText(start) : 0} → ${timeText(end)}`;
                // Where it fits on a phone, too.
                const lettersFrom = (at) => Math.floor(LETTERS * (1 - at / span));
                const [anchor, at] =
                    words.length <= lettersFrom(start)
                        ? ["start", start]
                        : words.length + lettersFrom(end) <= LETTERS
                          ? ["end", end]
                          : ["start", 0];
                const width = order > 9 ? 26 : 18;
                const mark = rect("mark", 4, -9, width, 18, { rx: 9 });
                const place = text({ class: "place" }, 4 + width / 2, 4, "middle", `${order}`);
                return [
                    "g",
                    HIDDEN,
                    text({}, x(at), top + TEXT, anchor, words),
                    rect(outcome, x(start), bar, x(end - start), BAR),
                    ...polls.map((at) => line("poll", x(at), x(at), bar - 3, bar + BAR + 3)),
                    atEnd(x(end), bar + BAR / 2, mark, place),
                ];
            });
            const bracket = (position, name, to, words) => {
                const y = lanes + position * BRACKET + 22;
                const end = x(Math.min(to, span));
                const cap = (x) => line(`${name} cap`, x, x, y - 5, y + 5);
                // What is too long is cut off.
                const beyond = () => atEnd(end, y, ["path", { d: "M4-5l6 5-6 5" }]);
                drawn.push([
                    "g",
                    HIDDEN,
                    ["text", { class: name, x: 0, y: y - 7 }, words],
                    line(name, 0, end, y, y),
                    cap("0%"),
                    to > span ? beyond() : cap(end),
                ]);
            };
            bracket(0, "total", total, `total: ${timeText(total)}`);
            const way = total < sum ? "in series" : "all at once";
            const which = total < sum ? "sum" : "longest";
            const other = hasRival ? `; ${way} it would be ${timeText(rival)}` : "";
            if (hasRival) bracket(1, "rival", rival, `${way}: ${timeText(rival)}, the ${which}`);
            const entry = (width, words, ...symbol) => {
                const attributes = { ...HIDDEN, width, height: 18 };
                return ["span", {}, ["svg", attributes, ...symbol], `\u00a0${words}`];
            };
            const bar = rect("returned", 1, 4, 24, 10);
            const key =
                clock === "wall"
                    ? [entry(26, "the call holds its thread", ["g", { class: "wall" }, bar])]
                    : [
                          entry(6, "polled: the call works", line("poll", 3, 3, 1, 17)),
                          " ",
                          entry(26, "it waits", bar),
                      ];
            const ring = rect("mark", 1, 1, 16, 16, { rx: 8 });
            const first = text({ class: "place" }, 9, 13, "middle", "1");
            const attributes = {
                class: clock,
                "data-span": span,
                role: "img",
                width: "100%",
                height: bottom + AXIS,
                "aria-label": `${story(run)}Total: ${timeText(total)}${other}.`,
            };
            return [
                ["svg", attributes, axis, ...drawn],
                ["p", { class: "key" }, ...key, " ", entry(18, "first to complete", ring, first)],
            ];
        };

        const table = (run) => {
            const columns = [
                ["starts", (call) => timeText(call.start)],
                ["is polled", (call) => call.polls.map(timeText).join(", ")],
                ["returns", (call) => timeText(call.end)],
                ["completes", (call) => ordinal(call.order)],
            ].filter(([heading]) => heading !== "is polled" || run.clock === "virtual");
            const head = (scope, words) => ["th", { scope }, words];
            const row = (call) => {
                const cells = columns.map(([, cell]) => ["td", {}, cell(call)]);
                return ["tr", {}, head("row", call.label), ...cells];
            };
            const headings = columns.map(([heading]) => head("col", heading));
            const total = ["td", { colspan: columns.length }, timeText(run.total)];
            const content = [
                "table",
                {},
                ["thead", {}, ["tr", {}, head("col", "call"), ...headings]],
                ["tbody", {}, ...run.calls.map(row)],
                ["tfoot", {}, ["tr", {}, head("row", "total"), total]],
            ];
            // It scrolls where it is too wide, and must do so by keyboard, too.
            const attributes = { class: "table-wrapper", tabindex: 0, role: "group" };
            return ["div", { ...attributes, "aria-label": "The calls" }, content];
        };

        // The controls. They stay; what they say follows the state.
        let { mode, delays } = JSON.parse(bench.dataset.bench);
        // The controls have seconds.
        delays = delays.map((delay) => delay / 1000);
        const radios = Object.entries(WORDS).map(([value, words]) => {
            const input = make("input", { type: "radio", name: `bench-${index}-mode`, value });
            const total = make("span", { class: "bench-total" });
            input.addEventListener("change", () => change(() => (mode = value)));
            return { value, input, total, label: make("label", {}, input, ` ${words} `, total) };
        });
        const rows = [];
        const list = make("div", { class: "bench-calls" });
        const addRow = () => {
            const i = rows.length;
            const id = `bench-${index}-call-${i + 1}`;
            const input = make("input", { type: "range", id, min: 0, max: LONGEST, step: STEP });
            // The slider says the same.
            const output = make("output", { for: id, "aria-hidden": true });
            input.addEventListener("input", () => change(() => (delays[i] = input.valueAsNumber)));
            const label = make("label", { for: id }, `call ${i + 1}`);
            const row = make("div", {}, label, input, output);
            rows.push({ row, input, output });
            list.append(row);
        };
        const button = (text, isAllowed, act) => {
            const button = make("button", { type: "button" }, text);
            // Not `disabled`: that would take the focus away from who is pressing it.
            button.addEventListener("click", () => isAllowed() && change(act));
            return { button, isAllowed };
        };
        const buttons = [
            button(
                "Add a call",
                () => delays.length < MOST_CALLS,
                () => delays.push(STEP * 2),
            ),
            button(
                "Remove the last call",
                () => delays.length > 1,
                () => delays.pop(),
            ),
        ];
        // The player says what has been calculated, too: there is one voice.
        const player = make("div", { class: "player" });
        const load = addPlayer(player, "calculated run", "This plays what is calculated.");
        const status = player.lastChild;
        let sketch = ["figure", { class: "timeline" }];
        const shown = build(sketch);

        // What does not change costs nothing.
        const write = (element, text) => {
            if (element.textContent !== text) element.textContent = text;
        };
        const show = () => {
            const milliseconds = delays.map((delay) => delay * 1000);
            for (const { value, input, total } of radios) {
                input.checked = value === mode;
                write(total, timeText(simulate(value, milliseconds).total));
            }
            while (rows.length < delays.length) addRow();
            while (rows.length > delays.length) rows.pop().row.remove();
            rows.forEach(({ input, output }, i) => {
                input.value = delays[i];
                const time = timeText(milliseconds[i]);
                write(output, time);
                input.setAttribute("aria-valuetext", time);
            });
            for (const { button, isAllowed } of buttons) {
                button.setAttribute("aria-disabled", !isAllowed());
            }
            const run = simulate(mode, milliseconds);
            const endTogether = new Set(run.calls.map((call) => call.end)).size < run.calls.length;
            const isConcurrent = mode !== "blocking" && mode !== "series";
            const other = " Calls that end together may also do so in another order.";
            const caption = `What the calls do, ${WORDS[mode]}.${endTogether && isConcurrent ? other : ""}`;
            // Where nothing takes time, there is nothing to draw.
            const [drawing, key] = run.total > 0 ? figure(run) : ["", ""];
            load(run, () => shown.firstChild);
            const last = sketch;
            sketch = [...last.slice(0, 2), drawing, key, player, table(run), ["figcaption", {}, caption]];
            redraw(shown, last, sketch);
            return `${WORDS[mode]}: ${timeText(run.total)}, completed in the order ${orderOf(run)}`;
        };

        let settling;
        const change = (act) => {
            act();
            const result = show();
            // What it said is not true any more.
            status.textContent = "";
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
        bench.addEventListener("keydown", (event) => {
            if (event.key.startsWith("Arrow")) event.stopPropagation();
        });

        const wasAskedFor = follow();
        show();
        const checked = bench.querySelector(".checked");
        checked.hidden = false;
        bench.replaceChildren(
            make(
                "fieldset",
                { class: "bench-modes" },
                make("legend", {}, "How the calls are made"),
                ...radios.map(({ label }) => label),
            ),
            make(
                "fieldset",
                {},
                make("legend", {}, "How long each of them waits"),
                list,
                make("div", { class: "bench-buttons" }, ...buttons.map(({ button }) => button)),
            ),
            shown,
            checked,
        );
        // Who comes back or reloads is where they were.
        const [navigation] = performance.getEntriesByType("navigation");
        if (wasAskedFor && navigation?.type === "navigate") bench.scrollIntoView();
    }
}
