"""The pieces a run of phrasing content falls into before it is written."""

from __future__ import annotations

from lxml import etree

from converters.markdown.write import rawhtml

MARKS = {"em": "*", "strong": "**", "strike": "~~"}
"""The kinds of emphasis, each with the mark it gets when nothing stands against it."""


class Span:
    """An inline element between two marks: an emphasis (its marks are chosen last) or a link."""

    __slots__ = ("close", "kind", "open", "tags")

    def __init__(self, kind: str, open: str, close: str) -> None:
        self.kind, self.open, self.close = kind, open, close
        self.tags = (open, close)
        """Of an emphasis: what is written when no mark works."""


class Piece(str):
    """Finished Markdown or HTML that nothing is to be escaped in."""

    __slots__ = ()


class Break(Piece):
    """A line break, as the dialect writes it."""

    __slots__ = ()


class Code(Piece):
    """A code span: two of them must not touch."""

    __slots__ = ()


class Embedded(Piece):
    """A player, a drawing: alone between blocks, it is one."""

    element: etree._Element

    @classmethod
    def of(cls, element: etree._Element) -> Embedded:
        made = cls(rawhtml.inline(element))
        made.element = element
        return made


Edge = tuple[Span, bool]
"""The start (True) or the end of a span."""
Token = str | Edge
"""Text to be escaped (`str` itself), a finished piece, or an edge."""


def first_of(token: Token) -> str:
    """The character of the token that stands next to what is before it."""
    if isinstance(token, str):
        return token[:1]
    return (token[0].open if token[1] else token[0].close)[:1]


def last_of(token: Token) -> str:
    """The character of the token that stands next to what follows it."""
    if isinstance(token, str):
        return token[-1:]
    return (token[0].open if token[1] else token[0].close)[-1:]
