"""What the tests of saved pages have in common."""

from __future__ import annotations

import tempfile
from base64 import b64decode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from converters.importers.html import page
from converters.importers.html.page import HtmlPage
from converters.model.notices import Log
from converters.model.options import ReadOptions
from pipelines.run.carry import Options
from tests.support import Site, convert_files

PNG = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgYGIGAAAOAAekFPrgAAAAAElFTkSuQmCC")


def parsed(html: str | bytes, path: str = "page.html", log: Log | None = None) -> HtmlPage:
    return page.parse(html.encode() if isinstance(html, str) else html, path, log or Log())


def body(html: str | bytes, path: str = "page.html") -> str:
    """What is in the body of the page once its maker's doings are undone, in one line."""
    found = parsed(html, path).one("body")
    return " ".join(str(found.inner_html).split()) if found is not None else ""


@contextmanager
def site_of(files: Mapping[str, str | bytes], *, read: ReadOptions | None = None, to: str = "hugo") -> Iterator[Site]:
    """A site that is made of these files."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "pages"
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
        yield convert_files(Path(made), folder, options=Options("html", to, read or ReadOptions()))


def reasons(site: Site) -> dict[str, str]:
    """What was left out -> why."""
    return {row["id"]: row["reason"] for row in site.report["items"] if row.get("outcome") == "left out"}


def status_of(site: Site, path: str) -> str:
    """`draft`, or nothing for what everybody sees."""
    return "draft" if site.front(path).get("draft") else ""
