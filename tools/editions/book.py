"""The book that the editions are made of."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUTPUT = ROOT / "target"
NAME = "async-rust-by-the-clock"


def build(folder):
    """Builds the book, and returns its print page."""
    subprocess.run(["mdbook", "build", "--dest-dir", folder], cwd=ROOT, check=True)
    OUTPUT.mkdir(exist_ok=True)
    return Path(folder) / "print.html"


def cannot_check(missing):
    """Says that an edition is not checked; that is an error where `CI` is set."""
    if "CI" in os.environ:
        sys.exit(f"not checked: there is no {missing}")
    print(f"not checked: there is no {missing}")
