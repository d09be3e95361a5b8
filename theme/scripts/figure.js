// The figure of a run that the bench has calculated: drawing, key, text alternative and table, as
// sketches (see dom.js). They are those that Rust makes of a recording of the same run: tests/model.rs
// compares the two on random runs, so a change here is a change there, too.
//
// A calculated run has at most 20 calls, all at the top, all of which return. What else recordings have
// (calls inside of calls, other outcomes, thousands of polls) is drawn in Rust only.
(() => {
    "use strict";

    const { ordinal, ordinalWord, timeText, timeTextIn } = asyncByTheClock.format;

    // Heights in CSS pixels: of a lane, of the line of text in it, of its bar; of a bracket below the
    // lanes; of the axis.
    const LANE = 40;
    const TEXT = 14;
    const BAR = 12;
    const BRACKET = 30;
    const AXIS = 28;
    // How many letters fit next to each other on a phone.
    const LETTERS = 44;
    // How many intervals the axis has at most.
    const MOST_INTERVALS = 8;
    // How many starts and ends the text alternative has at most.
    const MOST_SENTENCES = 24;
    // Nanoseconds in a millisecond. Marks below a millisecond are whole numbers of them.
    const NANOSECONDS = 1e6;

    // What is drawn is not read: the figure has a text alternative.
    const HIDDEN = { "aria-hidden": true };

    const durationOf = ({ start, end }) => end - start;

    /** What the same calls would have taken the other way; null if that is no different. */
    const rivalOf = ({ calls, total }) => {
        const sum = calls.reduce((sum, call) => sum + durationOf(call), 0);
        const longest = Math.max(0, ...calls.map(durationOf));
        if (longest === sum) return null;
        return total === sum
            ? { time: longest, way: "all at once", which: "the longest" }
            : { time: sum, way: "in series", which: "the sum" };
    };

    /** The marks of an axis that ends here: at most nine round ones, the first zero; in nanoseconds. */
    const axisOf = (end) => {
        const power = 10 ** Math.floor(Math.log10(end / MOST_INTERVALS));
        const steps = [1, 2, 5, 10].map((step) => step * power);
        const step = steps.find((step) => step * MOST_INTERVALS >= end);
        const marks = [...Array(MOST_INTERVALS + 1).keys()].map((i) => i * step);
        return marks.filter((mark) => mark <= end);
    };

    /** A part of a span, as a position or a width, rounded to two digits as Rust rounds. */
    const percent = (part, span) => {
        const number = 100 * (part / span);
        // Rust rounds a half to the even neighbour, JavaScript away from zero.
        const isHalf = (8 * number) % 2 === 1;
        return `${isHalf ? (2 * Math.round(number * 50)) / 100 : +number.toFixed(2)}%`;
    };

    const polledText = (polled) => {
        if (polled === 0) return "";
        return `, polled ${["", "once", "twice"][polled] ?? `${polled} times`}`;
    };

    /** The text alternative: what happens, in the order of time. */
    const story = (run) => {
        const starts = run.calls.map(({ label, start }) => [start, `${label} starts`]);
        const ends = run.calls.map(({ label, end, order, polled }) => [
            end,
            `${label} returns, ${ordinalWord(order)} to complete${polledText(polled)}`,
        ]);
        // Sorting keeps equal ones in their order.
        const events = [...starts, ...ends].sort(([a], [b]) => a - b);
        const instants = new Map();
        for (const [at, words] of events.slice(0, MOST_SENTENCES)) {
            instants.set(at, [...(instants.get(at) ?? []), words]);
        }
        const sentences = [...instants].map(
            ([at, words]) => `At ${timeText(at)}: ${words.join("; ")}`,
        );
        const leftOut = events.length - MOST_SENTENCES;
        if (leftOut > 0) sentences.push(`${leftOut} more starts and ends are in the table`);
        const rival = rivalOf(run);
        const otherWay = rival ? `; ${rival.way} it would be ${timeText(rival.time)}` : "";
        sentences.push(`Total: ${timeText(run.total)}${otherWay}.`);
        return sentences.join(". ");
    };

    const line = (name, x1, x2, y1, y2) => ["line", { class: name, x1, x2, y1, y2 }];
    const rect = (name, x, y, width, height, rx) => [
        "rect",
        { class: name, x, y, width, height, ...(rx && { rx }) },
    ];
    const text = (attributes, x, y, anchor, words) => [
        "text",
        { ...attributes, x, y, "text-anchor": anchor },
        words,
    ];
    // Marks at the end of a bar or bracket, at coordinates that count from there.
    const endMarks = (x, y, ...content) => [
        "svg",
        { class: "end", x, y, overflow: "visible" },
        ...content,
    ];

    /** A call in one line: `call 1 · 0 → 5 s`, or `call 2 · at 3 s` if it takes no time. */
    const captionOf = ({ label, start, end }) =>
        end === start
            ? `${label} · at ${timeText(end)}`
            : `${label} · ${start > 0 ? timeText(start) : 0} → ${timeText(end)}`;

    /** Where the caption fits on a phone, too: after the start, before the end, or from the left. */
    const placeOf = (caption, { start, end }, span) => {
        const lettersFrom = (time) => Math.floor(LETTERS * (1 - time / span));
        if (caption.length <= lettersFrom(start)) return ["start", start];
        if (caption.length + lettersFrom(end) <= LETTERS) return ["end", end];
        return ["start", 0];
    };

    const laneOf = (call, position, span) => {
        const x = (time) => percent(time, span);
        const { start, polls, end, outcome, order } = call;
        const top = position * LANE;
        const bar = top + TEXT + 6;
        const caption = captionOf(call);
        const [anchor, time] = placeOf(caption, call, span);
        const width = 10 + 8 * `${order}`.length;
        return [
            "g",
            HIDDEN,
            text({}, x(time), top + TEXT, anchor, caption),
            rect(outcome, x(start), bar, x(end - start), BAR),
            ...polls.map((poll) => line("poll", x(poll), x(poll), bar - 3, bar + BAR + 3)),
            endMarks(
                x(end),
                bar + BAR / 2,
                rect("mark", 4, -9, width, 18, 9),
                text({ class: "place" }, 4 + width / 2, 4, "middle", `${order}`),
            ),
        ];
    };

    /** A bracket below the lanes, from 0 to a time; its top is at `y` pixels. */
    const bracketOf = (name, time, words, y, span) => {
        const end = percent(Math.min(time, span), span);
        const cap = (x) => line(`${name} cap`, x, x, y + 17, y + 27);
        return [
            "g",
            HIDDEN,
            ["text", { class: name, x: 0, y: y + 15 }, words],
            line(name, 0, end, y + 22, y + 22),
            cap("0%"),
            // One that is too long is cut off.
            time > span ? endMarks(end, y + 22, ["path", { d: "M4-5l6 5-6 5" }]) : cap(end),
        ];
    };

    /** The drawing. */
    const drawing = (run) => {
        const { clock, calls, total } = run;
        const rival = rivalOf(run);
        // A rival that takes far longer would leave no room for the run.
        const span = rival && rival.time <= 3 * total ? Math.max(total, rival.time) : total;
        const lanes = calls.length * LANE;
        const bottom = lanes + (rival ? 2 : 1) * BRACKET;
        const axis = axisOf(span * NANOSECONDS).flatMap((mark, i) => {
            const x = percent(mark, span * NANOSECONDS);
            const time = timeTextIn(mark / NANOSECONDS, span);
            const name = { class: `axis${i % 2 ? " odd" : ""}` };
            return [
                line("grid", x, x, 0, bottom),
                text(name, x, bottom + 16, i ? "middle" : "start", time),
            ];
        });
        const brackets = [bracketOf("total", total, `total: ${timeText(total)}`, lanes, span)];
        if (rival) {
            const words = `${rival.way}: ${timeText(rival.time)}, ${rival.which}`;
            brackets.push(bracketOf("rival", rival.time, words, lanes + BRACKET, span));
        }
        const attributes = {
            class: clock,
            "data-span": span,
            role: "img",
            width: "100%",
            height: bottom + AXIS,
            "aria-label": story(run),
        };
        // What belongs together is in a group, so that of two drawings the same parts meet in `redraw`.
        return [
            "svg",
            attributes,
            ["g", HIDDEN, ...axis],
            ...calls.map((call, position) => laneOf(call, position, span)),
            ...brackets,
        ];
    };

    /** What the marks of the drawing mean. */
    const key = ({ clock }) => {
        const entry = (width, words, symbol) => [
            "span",
            {},
            ["svg", { ...HIDDEN, width, height: 18 }, ...symbol],
            `\u00a0${words}`,
        ];
        const bar = rect("returned", 1, 4, 24, 10);
        const held = "in progress (the wall clock cannot tell waiting from working)";
        const ring = rect("mark", 1, 1, 16, 16, 8);
        const first = text({ class: "place" }, 9, 13, "middle", "1");
        const entries = [
            ...(clock === "wall"
                ? [entry(26, held, [["g", { class: "wall" }, bar]])]
                : [
                      entry(6, "polled: the call works", [line("poll", 3, 3, 1, 17)]),
                      entry(26, "it waits", [bar]),
                  ]),
            entry(18, "first to complete", [ring, first]),
        ];
        return [
            "p",
            { class: "key" },
            ...entries.flatMap((entry, i) => (i ? [" ", entry] : [entry])),
        ];
    };

    /** The calls as a table. */
    const table = (run) => {
        const hasPolls = run.calls.some((call) => call.polled > 0);
        const columns = [
            ["starts", (call) => timeText(call.start)],
            ["is polled", (call) => call.polls.map(timeText).join(", ")],
            ["returns", (call) => timeText(call.end)],
            ["completes", (call) => ordinal(call.order)],
        ].filter(([heading]) => heading !== "is polled" || hasPolls);
        const head = (scope, words) => ["th", { scope }, words];
        const rowOf = (call) => [
            "tr",
            {},
            head("row", call.label),
            ...columns.map(([, cellOf]) => ["td", {}, cellOf(call)]),
        ];
        const headings = ["call", ...columns.map(([heading]) => heading)];
        const total = ["td", { colspan: columns.length }, timeText(run.total)];
        return [
            "table",
            {},
            ["thead", {}, ["tr", {}, ...headings.map((heading) => head("col", heading))]],
            ["tbody", {}, ...run.calls.map(rowOf)],
            ["tfoot", {}, ["tr", {}, head("row", "total"), total]],
        ];
    };

    /** Drawing and key of a run. One that takes no time has neither; its table says it all. */
    const figure = (run) => (run.total > 0 ? [drawing(run), key(run)] : ["", ""]);

    globalThis.asyncByTheClock ??= {};
    asyncByTheClock.figure = { figure, table };
})();
