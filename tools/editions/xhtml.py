"""The chapters of the print page, as XHTML."""

import html
import re
from html.parser import HTMLParser

from book import ROOT

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
