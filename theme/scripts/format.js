// Numbers and times as text, as the pages have them. The same functions in Rust draw the figures of
// recordings; tests/model.rs compares the two.
(() => {
    "use strict";

    const WORDS = [
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

    // Units of time, the longest first, with their lengths in milliseconds.
    const UNITS = [
        ["s", 1000],
        ["ms", 1],
        ["µs", 1e-3],
        ["ns", 1e-6],
    ];

    /** A number without the rounding errors of calculating with fractions: 0.3, not 0.1 + 0.2. */
    const exact = (number) => +number.toPrecision(15);

    /** `1st`, `2nd`, `3rd`, `4th`, `11th`. */
    const ordinal = (n) => {
        const isTeen = n % 100 > 10 && n % 100 < 14;
        return n + ((!isTeen && ["th", "st", "nd", "rd"][n % 10]) || "th");
    };

    /** `first`, `second`, and from the eleventh on `11th`. */
    const ordinalWord = (n) => WORDS[n - 1] ?? ordinal(n);

    /** The time, in milliseconds, as a number of the unit that fits `longest`: `0.5 s` for 500 of 2000. */
    const timeTextIn = (milliseconds, longest) => {
        const [unit, length] = UNITS.find(([, length]) => longest >= length) ?? UNITS[0];
        return `${exact(milliseconds / length)}\u00a0${unit}`;
    };

    /** A time, in milliseconds, as the text writes it: `8 s`, `1.5 s`, `300 ms`. */
    const timeText = (milliseconds) => timeTextIn(milliseconds, milliseconds);

    globalThis.asyncByTheClock ??= {};
    asyncByTheClock.format = { exact, ordinal, ordinalWord, timeText, timeTextIn };
})();
