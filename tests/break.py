"""Breaks every listing on purpose, one small change at a time, and expects its proof to fail.

A claim is worth something only if its check can fail. This changes a delay or a capacity by one,
drops an `.await`, takes a call out of its task or a branch out of a `select!`, turns a `join!` into
a series, leaves out an `abort` or a `drop`, swaps the numbers of two calls, and so on, each in a
copy of the workspace; then it runs the proof of that listing.

    python3 tests/break.py [--list] [LISTING...]

With `--list`, it only says what it would change. Exits with 1 if a proof has passed that should
have failed. If the changed listing does not even compile (a future that is not awaited does not), or
never ends, that is as good.
"""

import concurrent.futures
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
# The copy keeps what it has built, so that only the first run has to build all crates.
COPY = ROOT / "target" / "broken"

# No proof takes as long: after so many seconds, it never ends. On the wall clock, one that fails is
# tried with longer and longer seconds before.
NEVER = 20
NEVER_ON_WALL = 90

# Of two listings, one is compiled while the proof of the other runs.
AT_ONCE = 2

# Changes that leave what a program does as it was, each with the reason: all of a kind in a listing,
# or the one that gives this line.
EQUIVALENT = {
    ("forgotten-await", "drop an await"): "the function that awaits is never run",
    ("forgotten-await", "a delay changed"): "the call that has the delay is never run",
    ("forgotten-await", "two calls swapped"): "neither of the calls is run",
    ("busy-calls", "a join turned into a series"): "that is what the listing shows",
    ("held-thread", "a capacity changed"): "the claim holds for any number of threads",
    (
        "task-or-future",
        "a join turned into a series",
        "let (first, second, third) = (first.await, second.await, third.await);",
    ): "tasks are polled by the runtime, however their handles are awaited",
    ("block-on-inside", "a delay changed"): "the call that has the delay is never made",
    (
        "abort-blocking",
        "a statement left out",
        "without task.abort();",
    ): "that `abort` does nothing is what the listing shows",
    ("blocking-in-join", "a join turned into a series"): "that is what the listing shows",
    ("timeout-blocked", "a timeout left out"): "that it does nothing is what the listing shows",
    ("heartbeat-kept", "a join turned into a series"): "the call runs from when it is spawned",
    ("actor", "a capacity changed"): "there is room for all requests",
    ("missed-ticks", "another behaviour"): "the proof gives each behaviour itself",
    ("nobody-waits-solved", "a capacity changed"): "there is room for all requests",
    ("receiver-gone", "a capacity changed"): "each message is taken as it comes",
    ("sender-kept", "a capacity changed"): "there is room for all sums",
    ("two-workers-solved", "a capacity changed"): "there is room for all jobs",
    ("watch-latest", "a capacity changed"): "the first value is seen by nobody",
    ("permit-dropped", "a capacity changed"): "the permits are given back at once, however many",
    ("owner-task", "a capacity changed"): "each sum is taken as it comes",
    (
        "owner-task",
        "take a call out of its task",
        "let owner = own_total(inbox);",
    ): "the owner makes no call, and is awaited in the end",
    ("select-spawned", "branch 1 of a select left out"): "a task runs on, selected or not",
    ("timer-pinned", "a capacity changed"): "each tick is taken as it comes",
    ("timer-recreated", "a capacity changed"): "each tick is taken as it comes",
}

# Calls whose number says how much of something there is.
CAPACITY = (
    r"(?:Semaphore::new|Barrier::new|channel(?:::<[^()]*>)?|buffered|buffer_unordered"
    r"|for_each_concurrent|acquire_many|acquire_many_owned|worker_threads|take|skip|chunks)"
)
# Methods that are called for what they do to others.
EFFECT = r"(?:abort|abort_all|cancel|close|notify_one|notify_waiters|shutdown_background)"
NEXT_BEHAVIOR = {"Burst": "Delay", "Delay": "Skip", "Skip": "Burst"}


def closing(source, opening):
    """Where the bracket closes that opens there."""
    depth, i = 0, opening
    while i < len(source):
        if source[i] == '"':
            i = re.compile(r'"(?:\\.|[^"\\])*"', re.DOTALL).match(source, i).end() - 1
        elif source[i] in "([{":
            depth += 1
        elif source[i] in ")]}":
            depth -= 1
            if depth == 0:
                return i
        i += 1
    raise ValueError("a bracket is not closed")


def split(source, separator):
    """The parts of a text between separators that are in no brackets."""
    parts, start, i = [], 0, 0
    while i < len(source):
        if source[i] in "([{":
            i = closing(source, i)
        elif source[i] == '"':
            i = source.index('"', i + 1)
        elif source.startswith(separator, i):
            parts.append(source[start:i])
            start = i + len(separator)
        i += 1
    return [part.strip() for part in [*parts, source[start:]] if part.strip()]


def branches(body):
    """The branches of a `select!`."""
    found, rest = [], body
    while (arrow := rest.find("=>")) >= 0:
        begin = arrow + 2 + len(rest[arrow + 2 :]) - len(rest[arrow + 2 :].lstrip())
        if rest[begin] == "{":
            end = closing(rest, begin) + 1
        else:
            end = begin + len(split(rest[begin:], ",")[0])
        found.append(rest[:end].strip())
        rest = rest[end:].lstrip().removeprefix(",")
    return found


def calls(pattern, source):
    """Where something is called that the pattern matches: start, end and what is in the brackets."""
    for match in re.finditer(pattern, source):
        if source[: match.start()].endswith("fn "):
            continue
        end = closing(source, match.end() - 1)
        yield match.start(), end + 1, source[match.end() : end]


def is_on_wall(source):
    """Whether a program runs on the wall clock: it takes the length of a second then."""
    return "second: Duration" in source


def changes(source):
    """Every change of a program: what it is, and the changed program."""

    def instead(start, end, text):
        return source[:start] + text + source[end:]

    # In a program on the wall clock, `from_secs(1)` is only the length of a second.
    delay = r"from_secs\((?!1\))(\d+)\)" if is_on_wall(source) else r"from_secs\((\d+)\)"
    delay += r"|from_millis\((\d+)\)|\b(\d+) \* second\b|\bsecond [*/] (\d+)\b|\[(\d+), 8, 2\]"
    capacity = rf"\b{CAPACITY}\((\d+)\b|\bconst \w+: \w+ = (\d+);"
    for what, pattern in (("a delay changed", delay), ("a capacity changed", capacity)):
        for match in re.finditer(pattern, source):
            group = match.lastindex
            more = str(int(match[group]) + 1)
            yield what, instead(match.start(group), match.end(group), more)
    for match in re.finditer(r"\.await\b", source):
        yield "drop an await", instead(match.start(), match.end(), "")
    for start, end, call in calls(r"\b(?:tokio::|task::)?spawn\(", source):
        before, after = source[:start], source[end:]
        if before.endswith("."):
            # Into a set, or a tracker.
            start = re.search(r"[\w.]*\.$", before).start()
            if after.startswith(";"):
                yield "a call not spawned", instead(start, end, f"drop({call})")
        elif after.startswith(".await.unwrap()"):
            end += len(".await.unwrap()")
            yield "take a call out of its task", instead(start, end, f"{call}.await")
        elif after.startswith(";") and re.search(r"[;{}]\s*$", before):
            yield "take a call out of its task", instead(start, end, f"{call}.await")
        else:
            changed = instead(start, end, call)
            if name := re.search(r"let (?:mut )?(\w+) = $", before):
                changed = changed.replace(f"{name[1]}.await.unwrap()", f"{name[1]}.await")
            yield "take a call out of its task", changed
    for start, end, body in calls(r"\b(?:tokio::|futures::)?(?:try_)?join!\(", source):
        can_fail = "try_join!" in source[start:end]
        arguments = [f"{argument}.await{'?' * can_fail}" for argument in split(body, ",")]
        series = f"({', '.join(arguments)})"
        series = f"Ok({series})" if can_fail else series
        yield "a join turned into a series", instead(start, end, series)
    for start, end, body in calls(r"\b(?:tokio::)?select! \{", source):
        found = branches(body)
        for i in range(len(found) if len(found) > 1 else 0):
            rest = ", ".join(found[:i] + found[i + 1 :])
            changed = instead(start, end, f"tokio::select! {{ {rest} }}")
            yield f"branch {i + 1} of a select left out", changed
    for start, end, body in calls(r"\b(?:tokio::time::|time::)?timeout(?:_at)?\(", source):
        arguments = split(body, ",")
        if len(arguments) == 2 and source[end:].startswith(".await"):
            value = f"Ok::<_, tokio::time::error::Elapsed>({arguments[1]}.await)"
            yield "a timeout left out", instead(start, end + len(".await"), value)
    for match in re.finditer(rf"\n *(?:drop\(\w+\)|[\w.]+\.{EFFECT}\(\w*\));", source):
        yield "a statement left out", instead(match.start(), match.end(), "\n")
    for match in re.finditer(r"\blet (_\w+) = ", source):
        yield "a guard dropped at once", instead(match.start(1), match.end(1), "_")
    for match in re.finditer(r"MissedTickBehavior::(\w+)", source):
        other = NEXT_BEHAVIOR[match[1]]
        yield "another behaviour", instead(match.start(1), match.end(1), other)
    numbers = list(re.finditer(r"\b(\w+)\((\d+), ", source))
    for first, second in zip(numbers, numbers[1:]):
        if first[1] == second[1]:
            changed = instead(second.start(2), second.end(2), first[2])
            yield "two calls swapped", (
                changed[: first.start(2)] + second[2] + changed[first.end(2) :]
            )


def proof(listing, limit=None):
    """The outcome of a listing's proof, and what it printed; it is stopped after so many seconds."""
    command = ["cargo", "test", "--quiet", "--package", listing, "--doc"]
    environment = {**os.environ, "CARGO_TARGET_DIR": str(COPY / "target")}
    done = subprocess.Popen(
        command,
        cwd=COPY,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        said, _ = done.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        # With all that it has started: a proof that waits for ever would outlive cargo.
        os.killpg(done.pid, signal.SIGKILL)
        done.communicate()
        return "never ends", ""
    if done.returncode == 0:
        return "passes", said
    return ("fails" if "test result: FAILED" in said else "does not compile"), said


def copy():
    """Makes the copy anew, all of it but what has been built there."""
    COPY.mkdir(parents=True, exist_ok=True)
    for path in COPY.iterdir():
        if path.name != "target":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in ROOT.iterdir():
        if path.name in ("target", "book", ".git"):
            continue
        # Not with the times of the files: cargo could take a change for an older one.
        if path.is_dir():
            shutil.copytree(path, COPY / path.name, copy_function=shutil.copyfile)
        else:
            shutil.copyfile(path, COPY / path.name)


def changed_line(old, new):
    """The first line in which two programs differ, as the new one has it."""
    pairs = zip(old.splitlines(), [*new.splitlines(), ""])
    return next(after.strip() or f"without {before.strip()}" for before, after in pairs if before != after)


def changes_of(listing):
    """The documentation of a listing, its program, and every change of that."""
    text = (listing / "src/lib.rs").read_text()
    end = text.index("\n\n", text.rindex("\n//!")) if "\n//!" in text else 0
    source = text[end:]
    seen = {source}
    found = []
    for what, changed in changes(source):
        if changed not in seen:
            seen.add(changed)
            found.append((what, changed_line(source, changed), changed))
    return text[:end], source, found


def check(listing):
    """Breaks a listing in all ways: how many were noticed, and how many should have been and were not."""
    # This also builds what the proofs need, however long that takes.
    outcome, said = proof(listing.name)
    if outcome != "passes":
        print(f"{listing.name}: its proof {outcome} without any change\n{said}", flush=True)
        return 0, 1
    file = COPY / listing.relative_to(ROOT) / "src/lib.rs"
    header, source, found = changes_of(listing)
    limit = NEVER_ON_WALL if is_on_wall(source) else NEVER
    noticed = survivors = 0
    for what, line, changed in found:
        file.write_text(header + changed)
        outcome, said = proof(listing.name, limit)
        noticed += outcome != "passes"
        is_equivalent = {(listing.name, what), (listing.name, what, line)} & EQUIVALENT.keys()
        survives = outcome == "passes" and not is_equivalent
        survivors += survives
        shown = f"{outcome:16}  {listing.name}: {what}: {line}\n{said if survives else ''}"
        print(shown, end="", flush=True)
    file.write_text(header + source)
    return noticed, survivors


def main(wanted):
    only_list = "--list" in wanted
    wanted = [name for name in wanted if name != "--list"]
    listings = sorted(path.parent for path in ROOT.glob("listings/*/*/Cargo.toml"))
    listings = [path for path in listings if not wanted or path.name in wanted]
    unknown = set(wanted) - {path.name for path in listings}
    if unknown:
        sys.exit(f"there is no listing {', '.join(sorted(unknown))}")
    if only_list:
        for listing in listings:
            for what, line, _ in changes_of(listing)[2]:
                print(f"{listing.name}: {what}: {line}")
        return
    copy()
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        results = list(pool.map(check, listings))
    noticed, survivors = (sum(column) for column in zip(*results))
    print(f"{noticed} changes were noticed, {survivors} were not")
    sys.exit(1 if survivors else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
