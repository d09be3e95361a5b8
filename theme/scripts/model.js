// The model behind the bench: calculates what calls do that only wait. tests/model.rs runs this file
// and tokio on the same random delays, and compares every time and every place.
(() => {
    "use strict";

    // A call that awaits its timer is polled once to set the timer, and once when it has run out. A
    // timer without a delay is ready at the first poll.
    const atStartAndEnd = (start, end) => (end > start ? [start, end] : [start]);

    // One task for all calls: whenever a timer wakes it, every call that is not ready is polled. Timers
    // that run out in the same millisecond wake it once.
    const wheneverOneWakes = (start, end, delays) => {
        const wakes = new Set([start, ...delays]);
        return [...wakes].filter((at) => at <= end).sort((a, b) => a - b);
    };

    // Polls are counted in tasks only: a thread is not polled.
    const never = () => [];

    // One call after the other.
    const inSeries = (pollsOf) => (delays) => {
        let now = 0;
        return delays.map((delay) => {
            const start = now;
            now += delay;
            return { start, polls: pollsOf(start, now), end: now };
        });
    };

    // All calls from the beginning.
    const together = (pollsOf) => (delays) =>
        delays.map((delay) => ({ start: 0, polls: pollsOf(0, delay, delays), end: delay }));

    // The ways to make the calls, by the names that the directive `bench` has for them.
    const MODES = {
        blocking: { clock: "wall", timesOf: inSeries(never) },
        threads: { clock: "wall", timesOf: together(never) },
        series: { clock: "virtual", timesOf: inSeries(atStartAndEnd) },
        spawned: { clock: "virtual", timesOf: together(atStartAndEnd) },
        joined: { clock: "virtual", timesOf: together(wheneverOneWakes) },
    };

    /**
     * The run of calls with these delays, in milliseconds, in the shape in which pages have recorded
     * runs (`RunData` in crates/mdbook-listings/src/script.rs), but without a name.
     *
     * Of calls that end at the same instant, the one that was written first completes first. So it is
     * with tasks and `join_all`; of two threads, and in a `join!`, another may be ahead.
     */
    const simulate = (mode, delays) => {
        const { clock, timesOf } = MODES[mode];
        const calls = timesOf(delays).map(({ start, polls, end }, i) => ({
            label: `call ${i + 1}`,
            call: i + 1,
            parent: null,
            start,
            polls,
            polled: polls.length,
            end,
            outcome: "returned",
        }));
        // Sorting keeps equal ones in their order.
        const completed = [...calls].sort((a, b) => a.end - b.end);
        for (const [i, call] of completed.entries()) call.order = i + 1;
        return { clock, total: Math.max(0, ...calls.map((call) => call.end)), calls };
    };

    globalThis.asyncByTheClock ??= {};
    asyncByTheClock.model = { simulate };
})();
