"""The pieces a run of phrasing content falls into."""

from __future__ import annotations

from typing import NamedTuple

from converters.markdown.emphasis import Edge


class Break:
    """A line break; several of them are several lines."""


class Text(NamedTuple):
    text: str
    link: bool


class Piece(str):
    """Finished Markdown or HTML that nothing is to be escaped in."""

    __slots__ = ()


class Code(str):
    """A code span, and the text in it: right behind another one it has to be written as HTML."""

    code: str

    def __new__(cls, span: str, code: str) -> Code:
        made = super().__new__(cls, span)
        made.code = code
        return made


Token = Text | Break | Edge | str
"""Text to be escaped, a line break, the start or end of a span, or a finished piece."""
BREAK = Break()
