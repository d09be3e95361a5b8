// What calls that only wait do, calculated: the model behind the bench. tests/model.rs runs this
// very file and tokio on the same random delays, and compares every time and every place.
"use strict";
{
    // A call that awaits its timer is polled once to set it, and once when it has run out. A timer
    // without a delay is ready at the first poll.
    const startAndEnd = (start, end) => (end > start ? [start, end] : [start]);

    // One call after the other.
    const inSeries = polls => delays => {
        let now = 0;
        return delays.map(delay => {
            const start = now;
            now += delay;
            return { start, polls: polls(start, now), end: now };
        });
    };

    // All calls from the beginning.
    const together = polls => delays =>
        delays.map(delay => ({ start: 0, polls: polls(0, delay, delays), end: delay }));

    // One task for all of them: whenever a timer wakes it, every call that is not ready is polled.
    // Timers that run out in the same millisecond wake it once.
    const wheneverOneWakes = (start, end, delays) => {
        const wakes = new Set([start, ...delays]);
        return [...wakes].filter(at => at <= end).sort((a, b) => a - b);
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
        return { clock, total: Math.max(0, ...calls.map(call => call.end)), calls };
    };

    globalThis.asyncByTheClock ??= {};
    globalThis.asyncByTheClock.model = { simulate };
}
