"""Marks in place of something while a text passes through steps that must not read it: the one scheme for all.

Text that is already in the target's language, or must not be parsed yet, leaves a mark in its place and comes back when
the step is done. A mark is made of letters and digits, so that parsers of HTML and Markdown take it for a word. Each
holds a secret of this process, drawn when the process starts, and a number of its own: no source can hold one, however
it is written (as references, in pieces, in a text that is read later), and a mark of one text means nothing in another.
So nothing has to be looked for in the source, and none of its characters has to make room.

Nothing that is written depends on a mark: all have the same length, begin and end with the same letter, and are gone
before a file, a notice or a report is made.
"""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Callable, Iterator

_SECRET = f"postferry{os.urandom(8).hex()}n"
_numbers = itertools.count()

PATTERN = rf"{_SECRET}\d{{10,}}z\d+z"
"""Any mark of any `Marks`, as a part of a regular expression."""
_MARK = re.compile(rf"({_SECRET}\d{{10,}}z)(\d+)z")


def word() -> str:
    """A new word that no text holds: letters and digits, all small; also for the names of elements and classes."""
    return f"{_SECRET}{next(_numbers):010}z"


def sign() -> str:
    """A new word that no text holds, between characters that are neither letters, nor white space, nor punctuation:
    what Markdown finds beside it is decided as beside any sign it does not know."""
    return f"\ufdd0{word()}\ufdd1"


class Marks:
    """The marks of one text."""

    __slots__ = ("_base", "pieces")

    def __init__(self) -> None:
        self._base = word()
        self.pieces: list[str] = []
        """What the marks replace, in the order they were made."""

    def keep(self, piece: str) -> str:
        """A mark in place of the piece."""
        self.pieces.append(piece)
        return f"{self._base}{len(self.pieces) - 1}z"

    def there(self, text: str) -> bool:
        """Whether the text holds a mark of these."""
        return bool(self.pieces) and self._base in text

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """(start, end, piece) of each mark in the text, in order."""
        for found in _MARK.finditer(text) if self.there(text) else ():
            if found[1] == self._base:
                yield found.start(), found.end(), self.pieces[int(found[2])]

    def put_back(self, text: str, change: Callable[[str], str] | None = None) -> str:
        """The text with the pieces in the places of their marks, each as `change` returns it.

        Marks inside of pieces stay. Those of other texts stay, too.
        """
        if not self.there(text):
            return text

        def piece(found: re.Match[str]) -> str:
            if found[1] != self._base:
                return found[0]
            kept = self.pieces[int(found[2])]
            return kept if change is None else change(kept)

        return _MARK.sub(piece, text)
