"""What the source itself says in the body of a post: the words that have to be there still when it is written.

An importer that fills `Post.source` has each of its posts watched by the guard (`converters/verify/guard.py`). It must
read the text as the source has it, before the first of its own steps, and with no function that these steps use: what
both share, both lose.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import NamedTuple


class Line(NamedTuple):
    """Words that stay together, wherever they go."""

    words: list[str]
    may_be_value: bool = False
    """May it also be in the value of an attribute, as URLs, formulas and the ids of players may?"""
    is_url: bool = False
    """A player may know a URL by a part of it only."""


class SourceText(ABC):
    """The words of one body. Made for every post, so that making one costs nothing."""

    is_loose = False
    """Was it read as another markup than HTML, whose words may be values of attributes anywhere?"""

    @abstractmethod
    def letters(self) -> str:
        """All letters and digits that a reader has to find, in their order, with nothing between them."""

    @abstractmethod
    def lines(self) -> Iterable[Line]:
        """The same as words, line by line."""

    def raw(self) -> str:
        """The body as the source has it, its markup among it; empty where it is not kept."""
        return ""

    def tags(self) -> Iterable[tuple[str, str]]:
        """(tag, text shown in its place) of what `lines` takes for no text, such as shortcodes.

        In code such a tag is text, and nothing is shown in its place.
        """
        return ()

    def part(self, text: str) -> SourceText | None:
        """The words of a part of this text that a step left out, read in the same way; None to have it read as HTML."""
        return None

    def facts(self) -> Iterable[tuple[str, str]]:
        """(kind, value) of what is no word: images, links, struck text, code. Only `--verify` asks for them."""
        return ()
