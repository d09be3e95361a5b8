// The player of a run: it moves a line over the figure and says what happens at that time. It plays
// the recorded run in `data-timeline`, of which it computes nothing again, or the one that the bench
// has calculated.
(() => {
    "use strict";

    const { dataOf, make } = asyncByTheClock.dom;
    const { exact, ordinalWord, timeText } = asyncByTheClock.format;

    const OUTCOMES = {
        returned: "returns",
        failed: "fails",
        dropped: "is dropped",
        panicked: "panics",
    };
    // The icons, as SVG paths.
    const PLAY = "M3 2l11 6-11 6z";
    const PAUSE = "M3 2h4v12h-4zM9 2h4v12h-4z";
    const PREVIOUS = "M2 2h2v12h-2zM14 2v12l-9-6z";
    const NEXT = "M12 2h2v12h-2zM2 2v12l9-6z";
    // The slider has at most this many steps, of a round length, so that arrow keys meet events.
    const MOST_STEPS = 200;
    // How long each event is shown where motion is not wanted, in milliseconds at normal speed.
    const PAUSE_AT_EVENT = 2000;
    // Of a list of more names than this, the first two are read out.
    const MOST_NAMES = 3;

    const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
    // One figure of a page plays at a time: the function that pauses it.
    let pausePlaying = null;

    /** `call 1, call 2 and 98 more start`. */
    const together = (labels, singular, plural) => {
        const names =
            labels.length > MOST_NAMES
                ? [...labels.slice(0, 2), `${labels.length - 2} more`]
                : labels;
        const last = names.at(-1);
        return names.length === 1
            ? `${last} ${singular}`
            : `${names.slice(0, -1).join(", ")} and ${last} ${plural}`;
    };

    /** The instants at which something happens, in milliseconds, and what happens, in words. */
    const eventsOf = (run) => {
        const instants = new Map();
        const at = (time) => {
            if (!instants.has(time)) instants.set(time, { starts: [], polls: [], ends: [] });
            return instants.get(time);
        };
        at(0);
        for (const call of run.calls) {
            const { label, start, end, order } = call;
            const isInstant = end === start;
            if (!isInstant) at(start).starts.push(label);
            for (const poll of call.polls) {
                if (poll !== start && poll !== end) at(poll).polls.push(label);
            }
            if (end !== null) {
                const starts = isInstant ? "starts and " : "";
                const completes = order === null ? "" : `, ${ordinalWord(order)} to complete`;
                const words = `${label} ${starts}${OUTCOMES[call.outcome] ?? "ends"}${completes}`;
                at(end).ends.push({ words, order: order ?? Number.POSITIVE_INFINITY });
            }
        }
        at(run.total);
        return [...instants]
            .sort(([a], [b]) => a - b)
            .map(([time, { starts, polls, ends }]) => {
                const words = ends.sort((a, b) => a.order - b.order).map((end) => end.words);
                if (words.length > MOST_NAMES) {
                    words.splice(2, words.length, `${words.length - 2} more end`);
                }
                if (polls.length) words.push(together(polls, "is polled", "are polled"));
                if (starts.length) words.push(together(starts, "starts", "start"));
                if (time === run.total) words.push("the run ends");
                const what = words.join("; ") || "the run begins";
                return { time, words: `${timeText(time)} · ${what}` };
            });
    };

    /** The length of a step of the slider, in milliseconds. */
    const roundStep = (end) => {
        const power = 10 ** Math.floor(Math.log10(end / MOST_STEPS));
        return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= end / MOST_STEPS);
    };

    const iconButton = (name, path) =>
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
     * Fills the element `player` with the controls of a player, which calls what it plays `name` and
     * says `greeting` until it is used.
     *
     * Returns a function that loads a run into it, together with a function that finds the drawing of
     * that run.
     */
    const addPlayer = (player, name, greeting) => {
        const previous = iconButton("Previous event", PREVIOUS);
        const toggle = iconButton("Play", PLAY);
        const next = iconButton("Next event", NEXT);
        const slider = make("input", {
            type: "range",
            min: 0,
            "aria-label": `Time in the ${name}`,
        });
        const speeds = [1, 2, 5, 10].map((times) => make("option", { value: times }, `${times}×`));
        const speed = make("select", { "aria-label": "Speed" }, ...speeds);
        const words = make("p", { "aria-live": "polite" }, greeting);
        player.setAttribute("role", "group");
        player.setAttribute("aria-label", `Player of the ${name}`);
        player.append(previous, toggle, next, slider, speed, words);

        // Not `disabled`: that would take the focus away from a button that is being pressed.
        const allow = (button, isAllowed) => button.setAttribute("aria-disabled", !isAllowed);

        let run, findDrawing;
        // Times in milliseconds: the end of the run and of the drawing's axis, a step of the slider, the
        // present time.
        let end, span, step, time;
        // The events, once they are asked for: of most runs nobody asks for them. The one shown.
        let events, shown;
        // What is drawn over the figure.
        let line, veil;
        // When the last frame was shown, on the browser's clock.
        let lastFrame = null;

        const load = (newRun, newFindDrawing) => {
            pause();
            line = null;
            run = newRun;
            findDrawing = newFindDrawing;
            events = null;
            end = Math.max(run.total, ...run.calls.map((call) => call.end));
            step = roundStep(end || 1);
            slider.max = Math.ceil(end / step);
            slider.value = time = 0;
            slider.setAttribute("aria-valuetext", timeText(0));
            shown = -1;
            // What takes no time cannot be played.
            for (const control of [previous, toggle, next, slider]) control.disabled = end === 0;
            allow(previous, false);
            allow(next, true);
        };

        /** The last event that is not after this time. */
        const eventAt = (at) => {
            let low = 0;
            for (let high = events.length; high - low > 1; ) {
                const middle = (low + high) >> 1;
                if (events[middle].time <= at) low = middle;
                else high = middle;
            }
            return low;
        };

        const show = (at) => {
            events ??= eventsOf(run);
            time = Math.min(Math.max(at, 0), end);
            if (!line) {
                const drawing = findDrawing();
                // The axis may go on beyond the end of the run.
                span = dataOf(drawing, "span");
                veil = make("rect", { class: "later", width: "100%", height: "100%" });
                line = make("line", { class: "now", y2: "100%" });
                drawing.append(veil, line);
            }
            const part = time / span;
            line.style.transform = `translateX(${100 * part}%)`;
            veil.style.transform = `scaleX(${time === end ? 0 : 1 - part})`;
            slider.value = Math.round(time / step);
            const event = eventAt(time);
            if (event !== shown) {
                shown = event;
                words.textContent = events[event].words;
                allow(next, event < events.length - 1);
            }
            allow(previous, time > 0);
            const isAtEvent = events[event].time === time;
            // Between events, a time is as exact as a reader wants to hear it.
            const valueText = isAtEvent ? words.textContent : timeText(+time.toPrecision(4));
            slider.setAttribute("aria-valuetext", valueText);
        };

        const showToggle = (name, path) => {
            toggle.setAttribute("aria-label", name);
            toggle.title = name;
            toggle.querySelector("path").setAttribute("d", path);
        };

        const pause = () => {
            if (pausePlaying !== pause) return;
            pausePlaying = null;
            showToggle("Play", PLAY);
        };

        const frame = (now) => {
            if (pausePlaying !== pause) return;
            const passed = (now - lastFrame) * speed.value;
            if (!reducedMotion.matches) {
                lastFrame = now;
                show(time + passed);
            } else if (passed >= PAUSE_AT_EVENT) {
                lastFrame = now;
                show(events[Math.min(shown + 1, events.length - 1)].time);
            }
            if (time === end) pause();
            else requestAnimationFrame(frame);
        };

        const play = () => {
            pausePlaying?.();
            pausePlaying = pause;
            showToggle("Pause", PAUSE);
            show(time === end ? 0 : time);
            lastFrame = performance.now();
            requestAnimationFrame(frame);
        };

        const goToEvent = (event) => {
            pause();
            events ??= eventsOf(run);
            show(events[Math.min(Math.max(event, 0), events.length - 1)].time);
        };

        toggle.addEventListener("click", () => (pausePlaying === pause ? pause() : play()));
        // Between two events, the previous one is the last that has happened.
        previous.addEventListener("click", () => {
            const event = eventAt(time);
            goToEvent(events[event].time < time ? event : event - 1);
        });
        next.addEventListener("click", () => goToEvent(shown < 0 ? 0 : eventAt(time) + 1));
        slider.addEventListener("input", () => {
            pause();
            show(exact(slider.value * step));
        });
        // mdBook turns the page on arrow keys; in the player they move the slider.
        player.addEventListener("keydown", (event) => {
            if (event.key.startsWith("Arrow")) event.stopPropagation();
        });
        return load;
    };

    /** Fills the player of a figure, if it has one that is still empty. */
    const playRecorded = (figure) => {
        const player = figure.querySelector(".player:empty");
        if (!player) return;
        const drawing = figure.querySelector(":scope > svg");
        const run = dataOf(figure, "timeline");
        const greeting = `This plays the recorded run: ${timeText(run.total)}.`;
        addPlayer(player, `recorded run ${run.run}`, greeting)(run, () => drawing);
    };

    // A veiled figure gets its player when it is shown (predict.js): most figures of a page are veiled.
    for (const figure of document.querySelectorAll("figure.timeline:not(.veiled)")) {
        playRecorded(figure);
    }

    globalThis.asyncByTheClock ??= {};
    asyncByTheClock.player = { addPlayer, playRecorded };
})();
