"""What the page tells machines of its text, and where on the page that stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from converters.importers.html import structured
from converters.importers.html.page import HtmlPage

_TITLES = ("h1", "h2")
_TITLE_LENGTH = 300
_SHORTEST = 8
_MOST = 200_000
_START = 500
_RUN = 3


class Said(NamedTuple):
    """What the page tells machines of its text."""

    title: str = ""
    description: str = ""
    body: str = ""
    """schema.org's articleBody."""


def said_of(page: HtmlPage) -> Said:
    """What JSON-LD, microdata, Open Graph and the head of a page say of its text."""
    said = structured.read(page)

    def article(name: str) -> str:
        return structured.text(next(iter(said.article(name)), ""))

    title = article("headline") or said.first("og:title", "twitter:title")
    if not title and (element := page.one("title")) is not None:
        title = " ".join(element.text.split())
    return Said(title, article("description") or said.first("og:description", "description"), article("articleBody"))


class Told:
    """Compares the blocks of a page with what is said of its text."""

    def __init__(self, said: Said, texts: Sequence[tuple[str, str]]) -> None:
        """`texts`: (words, tag of the box) of each block."""
        self._body, self._about = _runs(said.body[:_MOST]), _runs(said.description[:_MOST])
        self._title = _plain(said.title)
        self._texts = texts
        self._title_at = self._find_title()

    def row(self, number: int) -> tuple[float, float, float, float]:
        """Share in the articleBody, share in the description, is it the title, blocks since the title."""
        text = self._texts[number][0]
        body = about = -1.0
        if self._body or (self._about and len(text) > _SHORTEST):
            runs = _runs(text[:_START])
            count = len(runs) or 1
            body = len(runs & self._body) / count if self._body else -1.0
            about = len(runs & self._about) / count if self._about else -1.0
        at = self._title_at
        return body, about, float(number == at), max(-50, min(300, number - at)) if at >= 0 else 999

    def _find_title(self) -> int:
        """The first h1 whose words are in the title or the other way round, else the first other block of which that is
        true, else the first h1 where no title is known."""
        first = -1
        for number, (text, tag) in enumerate(self._texts):
            if len(text) > _TITLE_LENGTH or (tag not in _TITLES and first >= 0):
                continue
            if not self._title:
                if tag == "h1":
                    return number
                continue
            words = _plain(text)
            if len(words) > _SHORTEST and (words in self._title or self._title in words):
                if tag == "h1":
                    return number
                first = number if first < 0 else first
        return first


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _runs(text: str) -> set[tuple[str, ...]]:
    words = text.casefold().split()
    return set(zip(*(words[at:] for at in range(_RUN)), strict=False)) if len(words) >= _RUN else set()
