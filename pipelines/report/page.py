"""`report.html`: one file that loads nothing, can be read without JavaScript, and holds no text as markup.

Made of `report.json`, whose items are read one at a time, and of the renderings side by side, which a run hands over
and a renewed page takes from the one before. The same input makes the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import os
import tempfile
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

from pipelines.output.single_files import opened, replacing
from pipelines.report import causes, listing, overview
from pipelines.report.elements import count, esc, section
from pipelines.report.listing import PAIR, Links
from pipelines.report.listing import pair as pair
from pipelines.report.read import Report
from pipelines.report.records import Head

_SECTIONS = {
    "carried": "Carried",
    "not-carried": "Not carried",
    "notices": "Notices",
    "unknown": "Unknown shortcodes",
    "fidelity": "Fidelity",
    "years": "Years",
    "media": "Files",
    "redirects": "Addresses",
    "most": "Largest",
    "items": "All items",
    "pairs": "Side by side",
}
_SEARCH = """<div id="search" hidden>
<label for="q">Search in title, file, id, notice</label> <input type="search" id="q" autocomplete="off">
<label for="g">Grade</label> <select id="g"><option value="">any</option><option>failed</option><option>lost</option>\
<option>changed</option><option>whole</option></select>
<p id="found" role="status"></p>
</div>"""


def write(path: Path, report: Path, pairs: Path, output: Path) -> None:
    """The page of a report. `pairs` holds a line a post; `output` is where the site lies."""
    with replacing(path) as file:
        file.writelines(piece.encode(errors="replace") for piece in _page(Report(report), pairs, _way(path, output)))


def renew(path: Path, report: Path, output: Path) -> None:
    """The page anew, after its report has changed; the renderings stay."""
    with tempfile.TemporaryDirectory(prefix="postferry-") as folder:
        pairs = Path(folder) / "pairs"
        with opened(path) as old, pairs.open("wb") as file:
            file.writelines(line for line in old if line.startswith(PAIR.encode()))
        write(path, report, pairs, output)


def _way(path: Path, output: Path) -> str:
    """From the page to the site's folder."""
    try:
        return quote(os.path.relpath(output, path.parent).replace(os.sep, "/"), errors="replace") + "/"
    except ValueError:  # on another drive
        return ""


def _page(report: Report, pairs: Path, way: str) -> Iterator[str]:
    head = report.head
    lists = causes.Lists(report)
    ranked = {each.id for each in (*head.largest, *head.most_changed)}
    total, numbers = 0, dict[str, int]()
    for number, row in report.rows():
        total = number
        if row.id in ranked:
            numbers.setdefault(row.id, number)
    yield _begin(head)
    yield overview.top(head)
    yield _contents(kept=bool(head.kept))
    yield "<main>\n"
    yield overview.carried(head)
    yield causes.not_carried(report, lists)
    yield causes.notices(report, lists)
    yield causes.unknown(report)
    yield overview.fidelity(head)
    yield overview.years(head)
    yield overview.media(head)
    yield overview.redirects(head)
    yield overview.most(head, numbers)
    yield overview.kept(head)
    yield '<section id="items" aria-labelledby="items-h">\n<h2 id="items-h">All items</h2>\n'
    yield f"<p>{count(total, 'item')} in the order of the source, {listing.PAGE} a page.</p>\n{_SEARCH}\n"
    yield from listing.pages(report.rows(), total, Links(way, head.compared))
    yield "</section>\n"
    yield from _pairs(head, pairs)
    yield f"</main>\n<script>{_asset('script.js')}</script>\n</body>\n</html>\n"


def _pairs(head: Head, pairs: Path) -> Iterator[str]:
    said = (
        f"<p>{len(head.compared):,} of {count(head.compared_of, 'public post')}: those with the gravest notices first, "
        "then the first of the others. Pictures are named, not shown; nothing is loaded. Drafts and posts behind a "
        "password are left out.</p>"
    )
    if not head.compared:
        yield section("pairs", "Side by side", ['<p class="calm">No public post was carried.</p>'])
        return
    yield f'<section id="pairs" aria-labelledby="pairs-h">\n<h2 id="pairs-h">Side by side</h2>\n{said}\n'
    with pairs.open(encoding="utf-8", newline="\n") as lines:
        yield from lines
    yield "</section>\n"


def _begin(head: Head) -> str:
    policy = (
        f"default-src 'none'; style-src '{_digest('style.css')}'; script-src '{_digest('script.js')}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        '<meta name="robots" content="noindex">\n<link rel="icon" href="data:,">\n'
        f"<title>Migration report: {esc(head.site.title or head.site.address or 'a site')}</title>\n"
        f"<style>{_asset('style.css')}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#carried">Skip to the figures</a>\n'
    )


def _contents(*, kept: bool) -> str:
    listed = _SECTIONS | ({"kept": "Left as they are"} if kept else {})
    links = "".join(f'<li><a href="#{id}">{esc(words)}</a></li>' for id, words in listed.items())
    return f'<nav aria-label="Contents"><ul>{links}</ul></nav>\n'


@cache
def _asset(name: str) -> str:
    return files("pipelines.report").joinpath(name).read_text(encoding="utf-8")


def _digest(name: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(_asset(name).encode()).digest()).decode()
