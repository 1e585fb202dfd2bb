"""What the importer leaves out of a page, on purpose and with a word on each: the guard does not look for it.

Whoever takes something off a page (the judge of the main text, the cut, the readers of comments and of facts) puts it
in here with the notice that names it. What is gone and is not in here was lost (`converters/verify/page_source.py`).
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from lxml import etree

from converters.model.notices import Log
from converters.verify.shown import Shown, of_html, of_page, of_tree

if TYPE_CHECKING:
    from turbohtml import Element


class Why(Enum):
    """Why a piece is not in the text of the post."""

    NAMED = auto()
    """A notice says that it is gone: navigation, what is beside the text, forms, hidden text."""
    FACT = auto()
    """The post says it in its front matter: title, date, authors, terms, the picture of the post."""
    COMMENTS = auto()
    """Comments: what they say is looked for in the comments of the post."""


class LeftOut:
    """The pieces of one page. Adding costs time in proportion to the piece, and keeps its words, not its tree."""

    def __init__(self, log: Log) -> None:
        """`log`: takes the notices that name the pieces."""
        self.log = log
        self.gone = Shown()
        self.comments = Shown()

    def add(self, piece: Element | etree._Element | str, why: Why = Why.NAMED) -> None:
        """`piece`: an element of the page, or of a tree it still is in or was just taken out of; or HTML."""
        (self.comments if why is Why.COMMENTS else self.gone).add(_shown(piece))


def _shown(piece: Element | etree._Element | str) -> Shown:
    if isinstance(piece, str):
        return of_html(piece)
    return of_tree(piece) if isinstance(piece, etree._Element) else of_page(piece)
