"""Files of a site that only its drafts show: they are nobody's to see as long as the drafts are not.

A target publishes every file of its static folder, whichever post shows it. So a file that a document names of which
nothing says that it was published, and that no other page names, is left out of what is published, by name.
"""

from __future__ import annotations

from posixpath import dirname, normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from converters import urls
from converters.importers.html.page import HtmlPage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from turbohtml import Element

_NAMES = ("src", "href", "poster", "data", "data-src")
_NAMING = "[src], [href], [srcset], [poster], [data], [data-src]"


class DraftFiles:
    """Which files pages name. Keeps a name for each file that is named, not for each time."""

    def __init__(self) -> None:
        self._by_drafts: set[str] = set()
        self._by_others: set[str] = set()

    def see(self, page: HtmlPage, *, draft: bool) -> None:
        """Learn what a page names. Time is linear in the page."""
        (self._by_drafts if draft else self._by_others).update(_named(page))

    @property
    def hidden(self) -> set[str]:
        """The paths of files that only drafts name."""
        return self._by_drafts - self._by_others


def _named(page: HtmlPage) -> Iterator[str]:
    folder = dirname(page.path)
    for element in page.all(_NAMING):
        for url in _urls(element):
            parts = urls.split(url.strip())
            if parts is None or parts.scheme or parts.netloc or not parts.path:
                continue
            path = unquote(parts.path)
            yield normpath(path.lstrip("/") if path.startswith("/") else f"{folder}/{path}".lstrip("/"))


def _urls(element: Element) -> Iterator[str]:
    yield from (str(value) for name in _NAMES if (value := element.attr(name)))
    for part in str(element.attr("srcset") or "").split(","):
        yield part.strip().partition(" ")[0]
