"""A run of phrasing content while it is taken in: white space as a browser shows it, spans still without marks.

Spaces, breaks and the starts of spans are held back until something visible comes: so there is one space at most, none
at the edges of a line and none at the inside of a span. When all is there and all neighbours are known, emphasis gets
its marks and text its backslashes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from converters.markdown.write import escape
from converters.markdown.write.dialects import Dialect
from converters.markdown.write.emphasis import resolve
from converters.markdown.write.tokens import MARKS, Break, Edge, Piece, Span, Token, first_of

_SPACE = re.compile(r"[ \t\r\n\f]+")
_FOLDED = re.compile(r"[\t\r\n\f]|  ")


def folded(text: str) -> str:
    """White space as HTML folds it: a no-break space is a character like any other."""
    return _SPACE.sub(" ", text) if _FOLDED.search(text) else text


class Place(NamedTuple):
    """Where a run stands."""

    dialect: Dialect
    table: bool = False
    heading: bool = False
    anchors: frozenset[str] = frozenset()
    """Fragments that links of the document point to: their elements keep their ids."""
    references: dict[str, str] | None = None
    """Targets and their labels, where links are written in reference style."""


class Line:
    """Takes texts, edges and finished pieces in document order; `markdown` is what they come to."""

    __slots__ = ("_breaks", "_ends", "_held", "_marks", "_space", "_special", "depth", "out", "place")

    def __init__(self, place: Place) -> None:
        self.place = place
        self.depth = 0
        """How many elements are open around what comes next."""
        self.out: list[Token] = []
        self._held: list[Edge] = []
        self._space = False
        self._breaks = 0
        self._ends: list[int] = []
        self._marks = False
        self._special = place.references is not None

    def text(self, text: str) -> None:
        """Add words. One search tells whether they are plain."""
        dialect = self.place.dialect
        if dialect.busy.search(text):
            text = folded(text)
            self._special = self._special or dialect.special.search(text) is not None
        if text[0] == " ":
            self._space = True
            text = text[1:]
            if not text:
                return
        if self._space or self._held or self._breaks:
            self._settle()
        if text[-1] == " ":
            self._space = True
            text = text[:-1]
        self._append(text)

    def _append(self, text: str) -> None:
        """Neighbouring texts are one, so that what matters across them is seen."""
        if self.out and type(self.out[-1]) is str:
            self.out[-1] += text
        else:
            self.out.append(text)

    def piece(self, piece: Piece) -> None:
        """Add what is finished already."""
        if self._space or self._held or self._breaks:
            self._settle()
        self.out.append(piece)

    def line_break(self) -> None:
        self._breaks += 1
        self._space = False

    def open(self, span: Span) -> None:
        self._held.append((span, True))

    def close(self, span: Span) -> None:
        """End the span; an emphasis of nothing is nothing."""
        if self._held:
            if self._held[-1][0] is span and span.kind in MARKS:
                self._held.pop()
                return
            self._settle()
        self._marks = self._marks or span.kind in MARKS
        self.out.append((span, False))

    def follows(self, kind: type[Piece]) -> bool:
        """Would what comes next touch a piece of this kind?"""
        return not (self._space or self._held or self._breaks) and bool(self.out) and isinstance(self.out[-1], kind)

    def _settle(self) -> None:
        """Write what was held back."""
        if self.out:
            if self._breaks:
                self._write_breaks()
            elif self._space:
                self._append(" ")
        self.out += self._held
        self._held.clear()
        self._space, self._breaks = False, 0

    def _write_breaks(self) -> None:
        place = self.place
        if place.table or place.heading:
            self.out += [Piece("<br>")] * self._breaks
            return
        for left in range(self._breaks - 1, -1, -1):
            if left == 0 or place.dialect.breaks_in_a_row:
                self._ends.append(len(self.out))
                self.out.append(Break(place.dialect.hard_break))
            else:
                self.out.append(Piece("<br>"))

    def markdown(self) -> str:
        """The run as Markdown, without a line end."""
        if self._marks:
            resolve(self.out, nested=self.place.dialect.nested_emphasis)
        if self._special:
            parts = _escaped(self.out, self.place, marks=self._marks)
        else:
            parts = [
                token if isinstance(token, str) else token[0].open if token[1] else token[0].close for token in self.out
            ]
        place = self.place
        if not (place.table or place.heading):
            for start, end in self._lines():
                _guard_line_start(self.out, parts, (start, end), place.dialect)
        return "".join(parts)

    def _lines(self) -> Iterator[tuple[int, int]]:
        """Where each line begins and ends."""
        start = 0
        for index in self._ends:
            yield start, index
            start = index + 1
        yield start, len(self.out)


def _written(token: Token) -> str:
    return token if isinstance(token, str) else token[0].open if token[1] else token[0].close


def _escaped(tokens: list[Token], place: Place, *, marks: bool) -> list[str]:
    """All tokens, the texts among them with the backslashes they need."""
    around = _surroundings(tokens, place, marks=marks)
    parts: list[str] = []
    links = 1 if place.references is not None else 0  # any bracket could be a reference
    last = len(tokens) - 1
    before = ""
    for index, token in enumerate(tokens):
        if type(token) is str:
            after = first_of(tokens[index + 1]) if index < last else ""
            part = escape.escape(token, around, place.dialect, before=before, after=after, link=links > 0)
        else:
            part = _written(token)
            if isinstance(token, tuple) and token[0].kind == "link":
                links += 1 if token[1] else -1
        parts.append(part)
        before = part[-1:]
    return parts


def _surroundings(tokens: list[Token], place: Place, *, marks: bool) -> escape.Surroundings:
    texts: list[str] = []
    finished: list[str] = []
    for token in tokens:
        if isinstance(token, tuple):
            finished.append(token[0].close)
            if not place.dialect.html_blocks:  # kramdown sees emphasis before links: their addresses count
                texts.append(token[0].close)
        else:
            (texts if type(token) is str else finished).append(token)
    return escape.Surroundings(
        "".join(texts),
        emphasis=marks,
        code=any("`" in piece for piece in finished),
        table=place.table,
        heading=place.heading,
        lines=any(isinstance(token, Break) for token in tokens),
    )


def _guard_line_start(tokens: list[Token], parts: list[str], line: tuple[int, int], dialect: Dialect) -> None:
    """No line may begin a block. Only lines that begin with text can, and none of those that begin with a letter."""
    start, end = line
    if start == end or type(tokens[start]) is not str or parts[start][0].isalpha():
        return
    if match := dialect.line_start.match("".join(parts[start:end])):
        parts[start] = escape.guarded(parts[start], match)


def plain(text: str, place: Place) -> str:
    """The common case, a text without any markup around it: one search for characters that may mean something."""
    dialect = place.dialect
    if dialect.busy.search(text):
        text = folded(text)
    text = text.strip(" ")
    if text and (place.references is not None or dialect.special.search(text)):
        around = escape.Surroundings(
            text, emphasis=False, code=False, table=place.table, heading=place.heading, lines=False
        )
        text = escape.escape(text, around, dialect, link=place.references is not None)
    if place.table or place.heading or text[:1].isalpha():
        return text
    return escape.line_start(text, dialect)
