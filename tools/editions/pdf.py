"""The book as a PDF, printed by Chromium, and checked against the print page."""

import importlib.util
import shutil
import subprocess
import sys
import tempfile
from collections import Counter

from book import NAME, OUTPUT, ROOT, build, cannot_check
from xhtml import Chapters


def make():
    chromium = (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if chromium is None:
        sys.exit("the PDF is made by Chromium, which is not there: `apt-get install chromium`")
    made = OUTPUT / f"{NAME}.pdf"
    made.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as profile:
        page = build(folder)
        command = [
            chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}",
            "--no-pdf-header-footer", "--generate-pdf-document-outline", f"--print-to-pdf={made}",
            page.as_uri(),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True)
        text = page.read_text()
    if not made.exists():
        sys.exit("Chromium made no PDF")
    print(f"{made.relative_to(ROOT)}: {made.stat().st_size:,} bytes")
    if importlib.util.find_spec("pypdf") is None:
        cannot_check("pypdf (`pip install pypdf`)")
    else:
        check(made, text)


def check(made, text):
    """Compares the PDF with the print page that it was made of."""
    from pypdf import PdfReader

    page = Chapters()
    page.feed(text)
    reader = PdfReader(made)
    root = reader.trailer["/Root"]
    if not root.get("/MarkInfo", {}).get("/Marked") or not root.get("/Lang"):
        sys.exit("the PDF is not tagged, or says no language")

    def flat(items, level=1):
        for item in items:
            if isinstance(item, list):
                yield from flat(item, level + 1)
            elif level <= 2:
                yield level, "".join(item.title.split())

    outline = list(flat(reader.outline))
    headings = [(level, "".join("".join(text).split())) for _, level, _, text in page.headings]
    if outline != headings:
        missing = [heading for heading in headings if heading not in outline]
        sys.exit(f"the outline of the PDF is not that of the book; it has no {missing}")

    texts = Counter()
    rest = [root["/StructTreeRoot"]]
    while rest:
        item = rest.pop().get_object()
        if isinstance(item, list):
            rest.extend(item)
        elif isinstance(item, dict):
            if item.get("/S") == "/Figure" and "/Alt" in item:
                texts[str(item["/Alt"])] += 1
            if not isinstance(item.get("/K", 0), int):
                rest.append(item["/K"])
    missing = Counter(page.figures) - texts
    if missing or not page.figures:
        sys.exit(f"these figures are not in the PDF, or without their text: {list(missing)}")
    # Each figure draws its total.
    totals = sum(sheet.extract_text().count("total:") for sheet in reader.pages)
    if totals < len(page.figures):
        sys.exit(f"{len(page.figures)} figures were to be drawn, and {totals} are")
    print(
        f"{len(reader.pages)} pages, tagged; {len(outline)} headings in the outline; "
        f"{len(page.figures)} figures with their texts"
    )
