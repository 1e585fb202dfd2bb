"""What is gathered on the way through a tree: pieces of text, facts, and the elements that are open."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import unquote

Fact = tuple[str, ...]
"""Its kind, then what it says."""

BREAK = "\x02"
"""Stands between lines; no tree can hold it, since XML forbids it, and it is no white space."""
THING = " \x01 "
"""Stands for a picture, a player, a rule."""


class Capture(NamedTuple):
    """An element whose words are wanted: where they begin among the pieces of text, and what to make of them."""

    kind: str
    start: int
    detail: str


class Gathered:
    """Filled from the first element to the last."""

    def __init__(self, host: str) -> None:
        self.host = host
        self.parts: list[str] = []
        self.facts: list[Fact] = []
        self.marks: dict[str, list[str]] = {}
        self.open: dict[str, int] = {}
        self.captures: list[Capture] = []
        self.lists: list[str] = []
        self.cells: list[list[str]] = []
        self.places: set[str] = set()
        self.asked: set[str] = set()
        self.links: dict[str, list[str]] = {}
        self.embeds = 0

    def since(self, start: int) -> str:
        return " ".join("".join(self.parts[start:]).replace(BREAK, " ").split())

    def thing(self, *fact: str) -> None:
        self.facts.append(fact)
        self.parts.append(THING)

    def capture(self, kind: str, detail: str = "") -> None:
        self.captures.append(Capture(kind, len(self.parts), detail))


def address(url: str, host: str = "") -> str:
    """An address without differences that mean none: the site's own host, percent signs where none are needed."""
    url = url.strip()
    if host and host in url:
        for start in ("https://", "http://", "//"):
            if url.startswith(f"{start}{host}") and url[len(start) + len(host) :][:1] in ("", "/", "?", "#"):
                url = url[len(start) + len(host) :] or "/"
                break
    return unquote(url) if "%" in url else url
