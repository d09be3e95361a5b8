// Predictions: the reader says what a run will do before it is shown, and learns what the difference
// means. The form knows the recorded run by `data-prediction`; what the reader has said stays in this
// browser.
(() => {
    "use strict";

    const { dataOf, make } = asyncByTheClock.dom;
    const { ordinal } = asyncByTheClock.format;
    const { playRecorded } = asyncByTheClock.player;

    const STORAGE_KEY = "async-rust-by-the-clock.predictions";
    const MILLISECONDS = 1000;

    // What the page says of each form's run; times in milliseconds.
    const runs = new Map();
    // The calls that the reader has pressed so far, by form, in their order.
    const chosen = new Map();
    // The veil over each figure that waits for a prediction.
    const veils = new Map();
    // Runs that are shown without a prediction, until the page is left.
    const shown = new Set();

    const noAnswers = () => ({ answers: {}, always: false });
    // What is stored: the answers by the name of the run, and whether the runs are always shown. An
    // answer has the seconds and the order that were given, and whether both are right.
    let state = noAnswers();

    const isObject = (value) =>
        typeof value === "object" && value !== null && !Array.isArray(value);

    // Storage may be refused, or full, or hold what another page has put there.
    const load = () => {
        try {
            const stored = JSON.parse(localStorage.getItem(STORAGE_KEY));
            if (stored === null) state = noAnswers();
            else if (isObject(stored) && isObject(stored.answers)) {
                state = { answers: stored.answers, always: stored.always === true };
            }
        } catch {
            // The predictions since the page was opened are still in `state`.
        }
    };
    const change = (how) => {
        load();
        how(state);
        try {
            localStorage.setItem(STORAGE_KEY, JSON.stringify(state));
        } catch {
            // The predictions last until the page is left.
        }
        refresh();
    };

    const answerOf = (name) => {
        const answer = Object.hasOwn(state.answers, name) ? state.answers[name] : null;
        return isObject(answer) && Number.isFinite(answer.total) && Array.isArray(answer.order)
            ? answer
            : null;
    };

    // What an answer is told.

    /** A time in milliseconds, as exact as predictions are. */
    const timeText = (time) =>
        time > 0 && time < MILLISECONDS
            ? `${+time.toPrecision(6)}\u00a0ms`
            : `${+(time / MILLISECONDS).toPrecision(6)}\u00a0s`;
    /** Whether two times in milliseconds differ by rounding errors only. */
    const isSame = (a, b) => Math.abs(a - b) < 1e-6;

    const aboutTotal = (said, { total, sum, longest, isCut }) => {
        const hasOtherWay = !isSame(sum, longest);
        const inFull = isCut ? ", each to its end" : "";
        if (isSame(said, total)) {
            const why =
                hasOtherWay && isSame(total, sum)
                    ? ": in series, the times of the calls add up"
                    : hasOtherWay && isSame(total, longest)
                      ? ": side by side, the calls take as long as the longest"
                      : "";
            return `Right, ${timeText(total)}${why}.`;
        }
        if (hasOtherWay && isSame(said, sum)) {
            return `You said ${timeText(said)}: you added the calls up. That is what series would do${inFull}; the run took ${timeText(total)}.`;
        }
        if (hasOtherWay && isSame(said, longest)) {
            return `You said ${timeText(said)}: that is what the calls would take side by side${inFull}; the run took ${timeText(total)}.`;
        }
        const off = `${timeText(Math.abs(total - said))} ${total > said ? "more" : "less"}`;
        return `You said ${timeText(said)}; the run took ${timeText(total)}, ${off}.`;
    };

    const completed = (order, subject = "they") => {
        if (order.length === 0) return "no call completed.";
        if (order.length === 1) return `call ${order[0]} alone completed.`;
        return `${subject} completed in the order ${order.join(", ")}.`;
    };

    const aboutOrder = (said, { order, calls }) => {
        if (!calls.length) return "";
        const list = said.join(", ");
        const isAsWritten = list === calls.join(", ");
        if (list === order.join(", ")) {
            const asWritten = isAsWritten ? ", as they are written" : "";
            return list ? `The order is right: ${list}${asWritten}.` : "Right: no call completed.";
        }
        if (!list) return `You gave no order of the calls; ${completed(order)}`;
        const which = isAsWritten ? ", the order in which the calls are written" : "";
        return `You said ${list}${which}; ${completed(order)}`;
    };

    const aboutRun = ({ total, order, calls }) => {
        const rest = calls.length ? `; ${completed(order, "the calls")}` : ".";
        return `The run took ${timeText(total)}${rest}`;
    };

    const isRight = (answer, { total, order, calls }) =>
        isSame(answer.total * MILLISECONDS, total) &&
        (!calls.length || answer.order.join() === order.join());

    // The page.

    const callButtons = (form) => form.querySelectorAll(".calls button");

    const showChosen = (form) => {
        for (const button of callButtons(form)) {
            const place = chosen.get(form).indexOf(button.value) + 1;
            button.setAttribute("aria-pressed", place > 0);
            button.textContent = `call ${button.value}${place ? ` · ${ordinal(place)}` : ""}`;
        }
    };

    const empty = (form) => {
        chosen.set(form, []);
        form.elements[0].value = "";
        showChosen(form);
    };

    const refreshForm = (form, run, progress) => {
        const answer = answerOf(run.run);
        const isShown = shown.has(run.run);
        const [total] = form.elements;
        const output = form.querySelector("output");
        output.dataset.hint ??= output.textContent;
        if (answer) {
            total.value = answer.total;
            chosen.set(form, [...answer.order]);
            showChosen(form);
        }
        let sentences = [output.dataset.hint];
        if (answer) {
            const { total, order } = answer;
            sentences = [aboutTotal(total * MILLISECONDS, run), aboutOrder(order, run), run.fates];
        } else if (isShown) {
            sentences = [aboutRun(run), run.fates];
        }
        const text = sentences.filter(Boolean).join(" ");
        // Text that does not change must not be announced again.
        if (output.textContent !== text) output.textContent = text;
        for (const control of [total, ...callButtons(form)]) control.disabled = answer !== null;
        form.querySelector("button:not([type])").textContent = answer ? "Predict again" : "Check";
        form.querySelector(".show").hidden = answer !== null || isShown;
        form.querySelector(".progress span").textContent = progress ?? "Nothing predicted yet.";
        form.querySelector(".clear").hidden = progress === null;
        form.querySelector("[type=checkbox]").checked = state.always;
    };

    const refresh = () => {
        const answers = Object.keys(state.answers).map(answerOf).filter(Boolean);
        const right = answers.filter((answer) => answer.right).length;
        const counter = document.querySelector("[data-predictions]");
        const all = counter ? ` of ${dataOf(counter, "predictions")}` : "";
        const progress = answers.length
            ? `You have predicted ${answers.length}${all}, ${right} right.`
            : null;
        for (const [form, run] of runs) refreshForm(form, run, progress);
        for (const [figure, veil] of veils) {
            const name = figure.dataset.run;
            const isOpen = state.always || shown.has(name) || answerOf(name) !== null;
            figure.classList.toggle("shown", isOpen);
            if (isOpen) playRecorded(figure);
            for (const child of figure.children) child.inert = (child === veil) === isOpen;
        }
    };

    const show = (name) => {
        shown.add(name);
        refresh();
    };

    for (const figure of document.querySelectorAll("figure.timeline.veiled")) {
        const name = figure.dataset.run;
        const attributes = { type: "button", "aria-label": `Show me ${name}` };
        const button = make("button", attributes, "Show me");
        const veil = make("div", { class: "veil" }, "Predict first, or: ", button);
        button.addEventListener("click", () => {
            show(name);
            // The button is gone; what it has uncovered comes next.
            figure.tabIndex = -1;
            figure.focus({ preventScroll: true });
        });
        figure.append(veil);
        veils.set(figure, veil);
    }

    /** Takes the answer of a form; or, if it has been answered, asks again. */
    const submit = (form, run) => {
        const isAgain = answerOf(run.run) !== null;
        change(({ answers }) => {
            if (isAgain) {
                delete answers[run.run];
            } else {
                const total = form.elements[0].valueAsNumber;
                const answer = { total, order: [...chosen.get(form)] };
                answers[run.run] = { ...answer, right: isRight(answer, run) };
            }
        });
        if (!isAgain) return;
        shown.delete(run.run);
        for (const [other, { run: name }] of runs) if (name === run.run) empty(other);
        refresh();
        form.elements[0].focus();
    };

    const press = (form, button) => {
        const calls = chosen.get(form);
        const position = calls.indexOf(button.value);
        if (position < 0) calls.push(button.value);
        else calls.splice(position, 1);
        showChosen(form);
    };

    const clear = () => {
        shown.clear();
        change((state) => {
            state.answers = {};
        });
        for (const form of runs.keys()) empty(form);
    };

    for (const form of document.querySelectorAll("form.predict")) {
        const run = dataOf(form, "prediction");
        runs.set(form, run);
        chosen.set(form, []);
        form.addEventListener("submit", (event) => {
            event.preventDefault();
            submit(form, run);
        });
        form.addEventListener("click", ({ target }) => {
            if (target.closest(".calls button")) {
                press(form, target);
            } else if (target.matches(".show, .clear")) {
                if (target.matches(".show")) show(run.run);
                else clear();
                // The button is gone.
                form.elements[0].focus();
            }
        });
        form.querySelector("[type=checkbox]").addEventListener("change", ({ target }) => {
            change((state) => {
                state.always = target.checked;
            });
        });
    }

    // Another page of the book has stored something.
    addEventListener("storage", (event) => {
        if (event.key === STORAGE_KEY || event.key === null) {
            load();
            refresh();
        }
    });
    if (runs.size) {
        load();
        refresh();
        document.documentElement.classList.add("predicts");
    }
})();
