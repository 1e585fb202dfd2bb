"""White space in a run of phrasing content, as a browser shows it."""

from __future__ import annotations

import re

from converters.markdown.emphasis import Edge
from converters.markdown.tokens import BREAK, Break, Text, Token

SPACE = re.compile(r"[ \t\r\n\f]+")
"""What HTML folds into one space; a no-break space is a character like any other."""
_FOLDED = re.compile(r"[\t\r\n\f]|  ")


def spaced(tokens: list[Token]) -> list[Token]:
    """White space as a browser shows it: one space at most, none at edges of lines, none at the inside of a span."""
    spacing = _Spacing()
    for token in tokens:
        spacing.take(token)
    return spacing.out


class _Spacing:
    """Holds back spaces, breaks and the starts of spans until something visible comes."""

    def __init__(self) -> None:
        self.out: list[Token] = []
        self._held: list[Edge] = []
        self._space = False
        self._breaks = 0

    def take(self, token: Token) -> None:
        if isinstance(token, Text):
            self._text(token)
        elif isinstance(token, Edge):
            self._edge(token)
        elif isinstance(token, Break):
            self._breaks, self._space = self._breaks + 1, False
        elif token:
            self._settle()
            self.out.append(token)

    def _edge(self, edge: Edge) -> None:
        if edge.opens:
            self._held.append(edge)
        elif self._held and self._held[-1].span is edge.span and edge.span.kind != "link":
            self._held.pop()  # nothing inside
        else:
            if self._held:
                self._settle()
            self.out.append(edge)

    def _text(self, token: Text) -> None:
        text = SPACE.sub(" ", token.text) if _FOLDED.search(token.text) else token.text
        inner = text.strip(" ")
        self._space = self._space or text.startswith(" ")
        if inner:
            self._settle()
            self.out.append(Text(inner, token.link))
            self._space = text.endswith(" ")

    def _settle(self) -> None:
        if self.out:
            self.out.extend([BREAK] * self._breaks)
            if self._space and not self._breaks:
                self.out.append(Text(" ", False))
        self.out.extend(self._held)
        self._held.clear()
        self._space, self._breaks = False, 0


def merged(tokens: list[Token]) -> list[Token]:
    """Neighbouring texts as one, so that what matters across them is seen."""
    out: list[Token] = []
    for token in tokens:
        last = out[-1] if out else None
        if isinstance(token, Text) and isinstance(last, Text) and (last.link == token.link or token.text == " "):
            out[-1] = Text(last.text + token.text, last.link)
        else:
            out.append(token)
    return out
