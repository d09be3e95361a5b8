"""Breaks every listing on purpose, one small change at a time, and expects its proof to fail.

A claim is worth something only if its check can fail. This changes a delay by one, drops an
`.await`, takes a call out of its task, turns a `join!` into a series and swaps the numbers of two
calls, each in a copy of the workspace; then it runs the proof of that listing.

    python3 tests/break.py [LISTING...]

Exits with 1 if a proof has passed that should have failed. If the changed listing
does not even compile (a future that is not awaited does not), that is as good.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent

# Changes that leave what a program does as it was, each with the reason.
EQUIVALENT = {
    ("forgotten-await", "drop an await"): "the function that awaits is never run",
    ("forgotten-await", "a delay changed"): "the call that has the delay is never run",
    ("forgotten-await", "two calls swapped"): "neither of the calls is run",
}


def changes(source):
    """Every change of a program: what it is, and the changed program."""
    # In a program on the wall clock, `from_secs(1)` is only the length of a second.
    wall = "second: Duration" in source
    delay = r"from_secs\((?!1\))(\d+)\)" if wall else r"from_secs\((\d+)\)"
    for match in re.finditer(delay + r"|\b(\d+) \* second\b|\[(\d+), 8, 2\]", source):
        group = next(i for i in (1, 2, 3) if match[i])
        more = str(int(match[group]) + 1)
        yield "a delay changed", source[: match.start(group)] + more + source[match.end(group) :]
    for match in re.finditer(r"\.await", source):
        yield "drop an await", source[: match.start()] + source[match.end() :]
    for match in re.finditer(r"tokio::spawn\((random_add\(.*?\)\))\)(\.await\.unwrap\(\))?", source):
        alone = match[1] + (".await" if match[2] else "")
        changed = source[: match.start()] + alone + source[match.end() :]
        name = re.search(r"let (\w+) = $", source[: match.start()])
        if name:
            changed = changed.replace(f"{name[1]}.await.unwrap()", f"{name[1]}.await")
        yield "take a call out of its task", changed
    for match in re.finditer(r"tokio::join!\((.*?)\n?    \)(;?)", source, re.DOTALL):
        arguments = [line.strip().rstrip(",") for line in match[1].strip().splitlines()]
        series = ", ".join(f"{argument}.await" for argument in arguments)
        yield "a join turned into a series", (
            source[: match.start()] + f"({series}){match[2]}" + source[match.end() :]
        )
    numbers = [match for match in re.finditer(r"_add\((\d), ", source)]
    for first, second in zip(numbers, numbers[1:]):
        swapped = list(source)
        swapped[first.start(1)], swapped[second.start(1)] = second[1], first[1]
        yield "two calls swapped", "".join(swapped)


def proof(workspace, listing):
    """The outcome of a listing's proof, and what it printed."""
    command = ["cargo", "test", "--quiet", "--package", listing, "--doc"]
    done = subprocess.run(command, cwd=workspace, capture_output=True, text=True, timeout=300)
    said = done.stdout + done.stderr
    if done.returncode == 0:
        return "passes", said
    return ("fails" if "test result: FAILED" in said else "does not compile"), said


def main(wanted):
    listings = sorted(path.parent for path in ROOT.glob("listings/*/*/Cargo.toml"))
    listings = [path for path in listings if not wanted or path.name in wanted]
    unknown = set(wanted) - {path.name for path in listings}
    if unknown:
        sys.exit(f"there is no listing {', '.join(sorted(unknown))}")
    survivors = broken = 0
    with tempfile.TemporaryDirectory() as folder:
        workspace = pathlib.Path(folder)
        ignored = shutil.ignore_patterns("target", "book", ".git")
        shutil.copytree(ROOT, workspace, ignore=ignored, dirs_exist_ok=True)
        for listing in listings:
            file = workspace / listing.relative_to(ROOT) / "src/lib.rs"
            text = file.read_text()
            end = text.index("\n\n", text.rindex("\n//!")) if "\n//!" in text else 0
            header, source = text[:end], text[end:]
            for what, changed in changes(source):
                if changed == source:
                    continue
                file.write_text(header + changed)
                outcome, said = proof(workspace, listing.name)
                line = next(
                    new.strip()
                    for old, new in zip(source.splitlines(), changed.splitlines())
                    if old != new
                )
                print(f"{outcome:16}  {listing.name}: {what}: {line}", flush=True)
                broken += outcome != "passes"
                if outcome == "passes" and (listing.name, what) not in EQUIVALENT:
                    survivors += 1
                    print(said)
            file.write_text(text)
            outcome, said = proof(workspace, listing.name)
            if outcome != "passes":
                sys.exit(f"{listing.name}: its proof {outcome} without any change\n{said}")
    print(f"{broken} changes were noticed, {survivors} were not")
    sys.exit(1 if survivors else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
