"""The tokens a run of phrasing content falls into before it is written."""

from __future__ import annotations

from lxml import etree

from converters.markdown.write import rawhtml

MARKS = {"em": "*", "strong": "**", "strike": "~~"}
"""The kinds of emphasis, each with the mark it gets when nothing prevents it."""


class Delimited:
    """An inline element between two delimiters: an emphasis (its marks are chosen last) or a link."""

    __slots__ = ("close", "kind", "open", "tags")

    def __init__(self, kind: str, open: str, close: str) -> None:
        self.kind, self.open, self.close = kind, open, close
        self.tags = (open, close)
        """Of an emphasis: what is written when no mark works."""


class Finished(str):
    """Finished Markdown or HTML that nothing is to be escaped in."""

    __slots__ = ()


class Break(Finished):
    """A line break, as the dialect writes it."""

    __slots__ = ()


class CodeSpan(Finished):
    """A code span: two of them must not touch."""

    __slots__ = ()


class Embedded(Finished):
    """A player, a drawing: alone between blocks, it is one."""

    element: etree._Element

    @classmethod
    def of(cls, element: etree._Element) -> Embedded:
        made = cls(rawhtml.inline(element))
        made.element = element
        return made


Delimiter = tuple[Delimited, bool]
"""The start (True) or the end of an element."""
Token = str | Delimiter
"""Text to be escaped (`str` itself), finished text, or a delimiter."""


def written(token: Token) -> str:
    """What the token comes to, apart from backslashes."""
    return token if isinstance(token, str) else token[0].open if token[1] else token[0].close


def emphasis(token: Token) -> Delimiter | None:
    """The token, if it is the start or the end of an emphasis."""
    return token if isinstance(token, tuple) and token[0].kind in MARKS else None
