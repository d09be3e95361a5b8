"""Checks the theme's scripts and style sheets, and builds what it takes from others.

    python3 tools/theme.py lint               scripts and style sheets, by Biome; see biome.jsonc
    python3 tools/theme.py format             writes them the way `lint` wants them
    python3 tools/theme.py highlight          builds theme/highlight.js
    python3 tools/theme.py highlight --check  fails if theme/highlight.js is not what that builds

mdBook loads highlight.js with 40 languages, which is a third of a first visit. A file of that name
in `theme` takes its place: this builds one that has the languages of the book. It is of the version
that mdBook ships, whose script calls it and whose style sheets know its classes. After an update of
mdBook, look at the first lines of mdBook's own highlight.js, and take its version.

It needs Node; the programs are fetched by npm into `target`.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIOME = "2.6.8"
ESBUILD = "0.28.2"
HIGHLIGHT = "10.1.1"
# The names of the files in highlight.js. `ini` is TOML as well; `shell`, the language of blocks that
# are marked `console`, colours what follows a prompt by `bash`.
LANGUAGES = ["bash", "ini", "javascript", "plaintext", "python", "rust", "shell"]
BANNER = f"""/*
  Highlight.js {HIGHLIGHT}, with these languages: {", ".join(LANGUAGES)}
  Made by `python3 tools/theme.py highlight`
  License: BSD-3-Clause, see highlight.LICENSE
  Copyright (c) 2006-2020, Ivan Sagalaev
*/"""


def fetch(package, version):
    """The folder of a package; fetched, if it is not there."""
    prefix = ROOT / "target" / f"{package.split('/')[-1]}-{version}"
    folder = prefix / "node_modules" / package
    if not (folder / "package.json").exists():
        npm = ["npm", "install", "--no-save", "--no-audit", "--no-fund", "--fetch-retries=5"]
        subprocess.run([*npm, "--prefix", prefix, f"{package}@{version}"], check=True)
    return folder


def biome(*arguments):
    program = fetch("@biomejs/biome", BIOME) / "bin/biome"
    colors = [] if sys.stdout.isatty() else ["--colors=off"]
    return subprocess.run(["node", program, *arguments, *colors], cwd=ROOT, check=False).returncode


def highlight(is_check):
    library = fetch("highlight.js", HIGHLIGHT)
    esbuild = fetch("esbuild", ESBUILD) / "bin/esbuild"
    register = (
        f"hljs.registerLanguage({name!r}, require('./lib/languages/{name}'));" for name in LANGUAGES
    )
    # The script of mdBook finds it in a global variable.
    entry = "\n".join(["const hljs = require('./lib/core');", *register, "module.exports = hljs;"])
    command = [
        esbuild, "--bundle", "--minify", "--format=iife", "--global-name=hljs", "--charset=utf8",
        "--legal-comments=none", "--log-level=warning", f"--banner:js={BANNER}",
    ]  # fmt: skip
    built = subprocess.run(
        command, cwd=library, input=entry, text=True, stdout=subprocess.PIPE, check=True
    ).stdout
    licence = (library / "LICENSE").read_text()
    wrong = []
    for name, content in [("highlight.js", built), ("highlight.LICENSE", licence)]:
        file = ROOT / "theme" / name
        if not is_check:
            file.write_text(content, newline="\n")
        elif not file.exists() or file.read_text() != content:
            wrong.append(f"theme/{name} is not what `python3 tools/theme.py highlight` builds")
    return "\n".join(wrong) or None


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["lint"]:
            sys.exit(biome("ci", "--error-on-warnings"))
        case ["format"]:
            sys.exit(biome("format", "--write"))
        case ["highlight"]:
            sys.exit(highlight(is_check=False))
        case ["highlight", "--check"]:
            sys.exit(highlight(is_check=True))
        case _:
            sys.exit(__doc__)
