// The bench: the reader changes the delays of some calls and how they are made, and sees what follows,
// calculated by model.js and drawn by figure.js.
(() => {
    "use strict";

    const { build, dataOf, make, redraw } = asyncByTheClock.dom;
    const { figure, table } = asyncByTheClock.figure;
    const { timeText } = asyncByTheClock.format;
    const { simulate } = asyncByTheClock.model;
    const { addPlayer } = asyncByTheClock.player;

    const MOST_CALLS = 20;
    // Controls and addresses have seconds, all else milliseconds.
    const SECOND = 1000;
    const LONGEST = 20 * SECOND;
    const STEP = 0.5 * SECOND;
    // How long the reader has to pause before the result is read out and kept in the address, in
    // milliseconds: a moving slider would talk without end, and browsers limit how often an address may
    // change.
    const SETTLES_AFTER = 300;
    // How the chapters call the modes of the model.
    const MODES = {
        blocking: "blocking, one after the other",
        threads: "a thread for each call",
        series: "awaited in series",
        spawned: "spawned, then awaited",
        joined: "joined in one task",
    };

    // An address may end in `#bench=joined:5,8,2`: a mode and the delays, in seconds.
    const formatState = ({ mode, delays }) =>
        `#bench=${mode}:${delays.map((delay) => delay / SECOND).join(",")}`;
    const parseState = (text) => {
        const [mode, list = "", ...rest] = text.split(":");
        const words = list.split(",");
        const delays = words.map((word) => word * SECOND);
        const isFit = (delay, i) =>
            /^\d{1,2}(\.\d)?$/.test(words[i]) && delay <= LONGEST && delay % STEP === 0;
        const isGood = rest.length === 0 && Object.hasOwn(MODES, mode);
        return isGood && delays.length <= MOST_CALLS && delays.every(isFit)
            ? { mode, delays }
            : null;
    };
    const stateInAddress = () => {
        const [, text] = location.hash.match(/^#bench=(.+)$/) ?? [];
        try {
            // Some programs encode colons and commas on the way.
            return text ? parseState(decodeURIComponent(text)) : null;
        } catch {
            return null;
        }
    };

    /** Writes a text into an element, if it is not there already: what does not change costs nothing. */
    const write = (element, text) => {
        if (element.textContent !== text) element.textContent = text;
    };

    /** The sketch of a run: figure, player, table and caption. */
    const sketchOf = (run, mode, player) => {
        const ends = new Set(run.calls.map((call) => call.end));
        const isConcurrent = mode !== "blocking" && mode !== "series";
        const otherOrder =
            isConcurrent && ends.size < run.calls.length
                ? " Calls that end together may also do so in another order."
                : "";
        // The table scrolls where it is too wide, and has to do so by keyboard, too.
        const scroller = {
            class: "table-wrapper",
            tabindex: 0,
            role: "group",
            "aria-label": "The calls",
        };
        return [
            "figure",
            { class: "timeline" },
            ...figure(run),
            player,
            ["div", scroller, table(run)],
            ["figcaption", {}, `What the calls do, ${MODES[mode]}.${otherOrder}`],
        ];
    };

    /** Puts the bench into its element; `index` tells the benches of a page apart. */
    const addBench = (bench, index) => {
        let state = dataOf(bench, "bench");

        // The controls stay; what they show follows the state.
        const radios = Object.entries(MODES).map(([mode, words]) => {
            const attributes = { type: "radio", name: `bench-${index}-mode`, value: mode };
            const input = make("input", attributes);
            const total = make("span", { class: "bench-total" });
            input.addEventListener("change", () =>
                change(() => {
                    state.mode = mode;
                }),
            );
            return { mode, input, total, label: make("label", {}, input, ` ${words} `, total) };
        });
        const rows = [];
        const list = make("div", { class: "bench-calls" });
        const addRow = () => {
            const i = rows.length;
            const id = `bench-${index}-call-${i + 1}`;
            const [max, step] = [LONGEST / SECOND, STEP / SECOND];
            const input = make("input", { type: "range", id, min: 0, max, step });
            // A screen reader hears it from the slider.
            const output = make("output", { for: id, "aria-hidden": true });
            input.addEventListener("input", () =>
                change(() => {
                    state.delays[i] = input.valueAsNumber * SECOND;
                }),
            );
            const label = make("label", { for: id }, `call ${i + 1}`);
            const row = make("div", {}, label, input, output);
            rows.push({ row, input, output });
            list.append(row);
        };
        const buttonFor = (text, isAllowed, act) => {
            const button = make("button", { type: "button" }, text);
            // Not `disabled`: that would take the focus away from a button that is being pressed.
            button.addEventListener("click", () => isAllowed() && change(act));
            return { button, isAllowed };
        };
        const buttons = [
            buttonFor(
                "Add a call",
                () => state.delays.length < MOST_CALLS,
                () => state.delays.push(STEP * 2),
            ),
            buttonFor(
                "Remove the last call",
                () => state.delays.length > 1,
                () => state.delays.pop(),
            ),
        ];
        // The player also says what has been calculated, so that there is one voice.
        const player = make("div", { class: "player" });
        const load = addPlayer(player, "calculated run", "This plays what is calculated.");
        const status = player.lastChild;
        let sketch = ["figure", { class: "timeline" }];
        const shown = build(sketch);

        /** Shows the state, and returns its result in words. */
        const show = () => {
            const { mode, delays } = state;
            for (const { mode: other, input, total } of radios) {
                input.checked = other === mode;
                write(total, timeText(simulate(other, delays).total));
            }
            while (rows.length < delays.length) addRow();
            while (rows.length > delays.length) rows.pop().row.remove();
            for (const [i, { input, output }] of rows.entries()) {
                const text = timeText(delays[i]);
                input.value = delays[i] / SECOND;
                input.setAttribute("aria-valuetext", text);
                write(output, text);
            }
            for (const { button, isAllowed } of buttons) {
                button.setAttribute("aria-disabled", !isAllowed());
            }
            const run = simulate(mode, delays);
            load(run, () => shown.firstChild);
            const last = sketch;
            sketch = sketchOf(run, mode, player);
            redraw(shown, last, sketch);
            const byOrder = [...run.calls].sort((a, b) => a.order - b.order);
            const order = byOrder.map((call) => call.call).join(", ");
            return `${MODES[mode]}: ${timeText(run.total)}, completed in the order ${order}`;
        };

        let settling;
        const change = (act) => {
            act();
            const result = show();
            // What it has said is no longer true.
            status.textContent = "";
            clearTimeout(settling);
            settling = setTimeout(() => {
                status.textContent = result;
                // The print page has several benches, and its address has room for one.
                if (index === 0) history.replaceState(history.state, "", formatState(state));
            }, SETTLES_AFTER);
        };

        /** Takes the state of the address, if it has one. */
        const follow = () => {
            const found = index === 0 ? stateInAddress() : null;
            if (!found) return false;
            clearTimeout(settling);
            state = found;
            return true;
        };
        addEventListener("hashchange", () => {
            if (!follow()) return;
            status.textContent = show();
            bench.scrollIntoView();
        });
        // mdBook turns the page on arrow keys; here they scroll a wide table.
        bench.addEventListener("keydown", (event) => {
            if (event.key.startsWith("Arrow")) event.stopPropagation();
        });

        const isInAddress = follow();
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
        // A reader who comes back or reloads stays where they were.
        const [navigation] = performance.getEntriesByType("navigation");
        if (isInAddress && navigation?.type === "navigate") bench.scrollIntoView();
    };

    for (const [index, bench] of document.querySelectorAll(".bench").entries()) {
        addBench(bench, index);
    }
})();
