// Predict: the reader says what a run will do before it is shown, and learns what the difference
// means. What is true of the run is in the attributes of the form, from the recording; what the
// reader said stays in this browser.
"use strict";
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
