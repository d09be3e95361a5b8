#!/usr/bin/env python3
"""Asks Lighthouse, as on a phone, what it thinks of a page of the book.

    python3 tools/lighthouse.py                       concurrent.html
    python3 tools/lighthouse.py introduction.html

Accessibility, best practices and SEO have to be perfect. Performance is measured on this machine,
and better when it has nothing else to do; it is told, and no error. The server compresses, as those
of the web do. It needs mdBook, Chromium and Node; Lighthouse itself is fetched into `target`.
"""

import gzip
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The last one that runs on Node 20.
VERSION = "12.8.2"
FOLDER = ROOT / "target" / f"lighthouse-{VERSION}"
PERFECT = ("accessibility", "best-practices", "seo")
# A browser may not come up, or get lost, where a machine has a lot to do.
ATTEMPTS = 3


class Compressing(http.server.SimpleHTTPRequestHandler):
    def do_GET(self):
        file = Path(self.translate_path(self.path))
        if not file.is_file():
            self.send_error(404)
            return
        body = gzip.compress(file.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(file))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", len(body))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def lighthouse():
    """The program; fetched, if it is not there."""
    program = FOLDER / "node_modules/.bin/lighthouse"
    if not program.exists():
        npm = ["npm", "install", "--no-save", "--no-audit", "--no-fund", "--fetch-retries=5"]
        subprocess.run([*npm, "--prefix", FOLDER, f"lighthouse@{VERSION}"], check=True)
    return program


def audit(address):
    chromium = (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if chromium is None:
        sys.exit("Lighthouse needs Chromium, which is not there: `apt-get install chromium`")
    command = [
        lighthouse(), address, "--quiet", "--output=json", "--no-enable-error-reporting",
        "--chrome-flags=--headless --no-sandbox --disable-gpu --disable-dev-shm-usage",
    ]  # fmt: skip
    for _ in range(ATTEMPTS):
        run = subprocess.run(
            command,
            check=False,
            env=os.environ | {"CHROME_PATH": chromium},
            stdout=subprocess.PIPE,
        )
        if run.returncode == 0:
            report = json.loads(run.stdout)
            if "runtimeError" not in report:
                return report
    sys.exit(f"Lighthouse did not get through in {ATTEMPTS} attempts")


def main(page):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["mdbook", "build", "--dest-dir", folder], cwd=ROOT, check=True)
        handler = partial(Compressing, directory=folder)
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            report = audit(f"http://localhost:{server.server_port}/{page}")
            server.shutdown()
    wrong = []
    for name, category in report["categories"].items():
        score = round(100 * category["score"])
        print(f"{name}: {score}")
        if name in PERFECT and score < 100:
            for reference in category["auditRefs"]:
                result = report["audits"][reference["id"]]
                if reference["weight"] > 0 and result["score"] not in (None, 1):
                    wrong.append(f"{name}: {result['title']} ({reference['id']})")
            wrong.append(f"{name} is {score}, not 100")
    for name in ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time"):
        print(f"{name}: {report['audits'][name]['displayValue']}")
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    match sys.argv[1:]:
        case []:
            main("concurrent.html")
        case [page] if not page.startswith("-"):
            main(page)
        case _:
            sys.exit(__doc__)
