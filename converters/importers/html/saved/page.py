"""What the functions for the programs that save pages have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from converters.model.notices import Log

if TYPE_CHECKING:
    from turbohtml import Document, Element


class Saved(NamedTuple):
    """What a program says of a page that it saved."""

    address: str = ""
    """Where the page stood."""
    whole: bool = False
    """Did it write what the page shows into the page?"""
    document: str = ""
    """The program whose document it is, so that the name of its file is no address: `Notion`."""
    private: bool = False
    """Does nothing say that anybody has published the document?"""

    def over(self, other: Saved) -> Saved:
        """What it says, and where it says nothing, what the other says."""
        return Saved(
            self.address or other.address,
            self.whole or other.whole,
            self.document or other.document,
            self.private or other.private,
        )


class Maker(NamedTuple):
    marks: tuple[bytes, ...]
    """One of them is in the bytes of each of its pages."""
    read: Callable[[Document, str, Log], Saved | None]
    """(tree, path of the file, log) -> what it says; None for a page that it did not make."""
    anywhere: bool = False
    """Its mark may be in the middle of a large page, which another one says was saved."""


def elements(document: Document) -> list[Element]:
    """All of them, in order; the tree may be changed meanwhile."""
    from turbohtml import Element

    return [node for node in document.descendants if isinstance(node, Element)]


def remove(document: Document, selector: str) -> None:
    """Take out all that fits, with what it holds."""
    for element in document.select(selector):
        if element.parent is not None:
            element.extract()


def say(document: Document, property: str, *contents: str) -> None:
    """State a fact as pages state it to machines: `article:tag`, `article:published_time`."""
    from turbohtml import Element

    head = document.select_one("head")
    if head is None:
        return
    for content in contents:
        if content:
            head.append(Element("meta", {"property": property, "content": content}))


def title(document: Document, text: str) -> None:
    """Give a page its title, where it has none."""
    from turbohtml import Element

    head, known = document.select_one("head"), document.select_one("title")
    if head is None or not text or (known is not None and known.text.strip()):
        return
    if known is None:
        known = Element("title")
        head.append(known)
    known.set_text(text)


def name_of(path: str) -> str:
    """The name of a file without its suffix."""
    return path.rpartition("/")[2].rpartition(".")[0]
