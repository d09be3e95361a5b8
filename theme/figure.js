// The player of a recorded run: it moves a line over the figure and says what happens at that
// time. It reads the run off the figure's `data-timeline`; nothing is computed anew.
"use strict";

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
