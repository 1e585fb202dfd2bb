"""Where in a Markdown text is prose, where HTML, and where code, line by line.

What the scanner of `spans.py` needs of the block structure of CommonMark (https://spec.commonmark.org/0.31.2/): fenced
and indented code, blocks of HTML, and the blank lines and markers at which no inline construct goes on. One pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from converters.html.elements import HTML_BLOCK_STARTS, RAW_TEXT

PROSE, HTML = "prose", "html"

_LINE = re.compile(r"[^\n]*+\n|[^\n]++\Z")
_QUOTE = re.compile(r" {0,3}>[ \t]?")
_ITEM = re.compile(r"[ \t]*+(?:[-+*]|\d{1,9}[.)])(?=[ \t]|\r?\n|\Z)[ \t]*+")
_FENCE = re.compile(r"[ \t]*+(`{3,}+(?=[^`]*+$)|~{3,}+)")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|\r?$)")
_BACKTICKS = re.compile(r"(?<!`)`++")
_RULE = re.compile(r"\s*+([-*_])(?:\s*+\1){2,}+\s*+\Z")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*\r?\n?$")
LONG_HTML = r"<(pre|script|style|textarea)(?=[\s>]|$)|<(!--)|<(\?)|<!(\[CDATA\[)|<!([A-Za-z])"
"""What begins a block of HTML that blank lines do not end (CommonMark, start conditions 1 to 5)."""
_LONG_ENDS = [
    re.compile(end, re.I) for end in ("</(?:pre|script|style|textarea)>", "-->", r"\?>", r"\]\]>", ">")
]  # one for each group of `LONG_HTML`
_LONG_HTML = re.compile(f" {{0,3}}(?:{LONG_HTML})", re.I)
_TAGS = "|".join(sorted(HTML_BLOCK_STARTS - RAW_TEXT - {"pre"}))
_SHORT_HTML = re.compile(rf" {{0,3}}</?(?:{_TAGS})(?=[\s/>]|$)", re.I)
"""What begins one that ends at the next blank line (condition 6)."""
_LONE_TAG = re.compile(
    r" {0,3}<(?:/[A-Za-z][\w-]*+\s*+|[A-Za-z][\w-]*+"
    r"(?:\s++[^\s\"'<>/=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>`]++))?+)*+\s*+/?+)>\s*+$"
)
"""One that is alone on its line begins a block of HTML too, unless it would interrupt a paragraph."""


_DEEPEST = 50
"""List items that may begin on one line."""


class Region(NamedTuple):
    """A stretch of the text without code, inside which one paragraph or one block of HTML lies."""

    kind: str
    start: int
    end: int


class _Fence(NamedTuple):
    mark: str
    quotes: int
    indent: int


class _State:
    """What is open at the start of a line."""

    def __init__(self) -> None:
        self.fence: _Fence | None = None
        self.html: re.Pattern[str] | None = None
        self.in_html = self.in_paragraph = False
        self.items: list[int] = []
        """Columns at which the text of the open list items begins."""
        self.blank = True
        self.quotes = 0
        self.empty_item = False
        """The last line was the marker of an item and nothing else: a blank line ends it."""


def regions(text: str) -> Iterator[Region]:
    """All prose and HTML, in order; what lies between two regions is code or empty."""
    state = _State()
    kind, start, end = "", 0, 0
    for line in _LINE.finditer(text):
        found, fresh = _take(state, line[0])
        if kind and (found != kind or fresh):
            yield Region(kind, start, end)
            kind = ""
        if found and not kind:
            kind, start = found, line.start()
        end = line.end()
    if kind:
        yield Region(kind, start, end)


def _take(state: _State, line: str) -> tuple[str, bool]:
    """(kind of the line, whether it begins a region of its own)."""
    quotes, position = 0, 0
    while (quote := _QUOTE.match(line, position)) is not None:
        quotes, position = quotes + 1, quote.end()
    rest = line[position:]
    if state.fence is not None and not _left(state.fence, quotes, rest):
        _close_fence(state, rest)
        return "", False
    state.fence = None
    if not rest.strip():
        return _blank(state)
    if state.in_html:
        _end_html(state, rest)
        return HTML, False
    return _open(state, rest, quotes, fresh=not state.in_paragraph)


def _left(fence: _Fence, quotes: int, rest: str) -> bool:
    """Whether the line is outside of the quotation or the list item that the fence is in."""
    return quotes < fence.quotes or (bool(rest.strip()) and indentation(rest) < fence.indent)


def _close_fence(state: _State, rest: str) -> None:
    assert state.fence is not None
    bare, mark = rest.strip(), state.fence.mark
    if len(bare) >= len(mark) and not bare.strip(mark[0]) and indentation(rest) < state.fence.indent + 4:
        state.fence, state.blank, state.in_paragraph = None, True, False


def _blank(state: _State) -> tuple[str, bool]:
    state.blank, state.in_paragraph = True, False
    if state.empty_item and state.items:
        state.items.pop()
    state.empty_item = False
    if state.in_html and state.html is not None:
        return HTML, False
    state.in_html = False
    return "", True


def _open(state: _State, rest: str, quotes: int, *, fresh: bool) -> tuple[str, bool]:
    """A line outside of fences and HTML: markers of items, then what the line begins."""
    column = indentation(rest)
    state.empty_item = False
    if quotes > state.quotes:
        state.blank, state.in_paragraph, fresh = True, False, True
    state.quotes = quotes
    if not state.in_paragraph or _interrupts(rest):
        while state.items and column < state.items[-1]:
            state.items.pop()
    base = state.items[-1] if state.items else 0
    if state.blank and column >= base + 4:
        return "", True  # indented code
    for _ in range(_DEEPEST):
        item = _ITEM.match(rest)
        if item is None or _RULE.match(rest) is not None:
            break
        marker = len(rest[: item.end()].rstrip())
        gap = indentation(" " * marker + rest[marker : item.end()] + ".") - marker
        base = marker + (1 if gap > 4 else gap)
        rest = " " * (marker + gap) + rest[item.end() :]
        column = indentation(rest)
        if not rest.strip():
            state.items.append(marker + 1)
            state.blank, state.in_paragraph, state.empty_item = True, False, True
            return PROSE, True
        state.items.append(base)
        fresh, state.in_paragraph = True, False
        if column >= base + 4:
            state.blank = True
            return "", True
    return _begin(state, rest, base, quotes, fresh=fresh)


def _begin(state: _State, rest: str, base: int, quotes: int, *, fresh: bool) -> tuple[str, bool]:
    fence = _FENCE.match(rest)
    if fence is not None and indentation(rest) < base + 4:
        state.fence = _Fence(fence[1], quotes, base)
        state.in_paragraph = False
        return "", True
    inner = rest[min(base, indentation(rest)) :] if base else rest
    begins_html = _LONG_HTML.match(inner)
    if begins_html or _SHORT_HTML.match(inner) or (not state.in_paragraph and _LONE_TAG.match(inner)):
        state.in_html, state.in_paragraph = True, False
        state.html = end_of_html(begins_html) if begins_html else None
        _end_html(state, inner)
        return HTML, True
    underline = state.in_paragraph and _UNDERLINE.match(inner) is not None
    alone = not underline and (_HEADING.match(inner) or _RULE.match(inner)) is not None
    fresh = fresh or alone
    state.blank = alone or underline
    state.in_paragraph = not state.blank
    return PROSE, fresh


def _end_html(state: _State, line: str) -> None:
    state.blank = False
    if state.html is not None and state.html.search(line):
        state.in_html, state.html, state.blank = False, None, True


def _interrupts(line: str) -> bool:
    """Whether the line begins a block even behind a line of a paragraph, which a list item would else go on with."""
    begins = _FENCE.match(line) or _HEADING.match(line) or _ITEM.match(line)
    return bool(begins or _RULE.match(line) or _LONG_HTML.match(line) or _SHORT_HTML.match(line))


def end_of_html(opening: re.Match[str]) -> re.Pattern[str]:
    """How the block of HTML ends that begins with a match of `LONG_HTML`."""
    return _LONG_ENDS[(opening.lastindex or 1) - 1]


def indentation(line: str) -> int:
    """The column of the first character that is no space."""
    expanded = line.expandtabs(4)
    return len(expanded) - len(expanded.lstrip(" "))


def paired_backticks(text: str, start: int, end: int) -> list[tuple[re.Match[str], int]]:
    """The runs of backticks in order, each with the number of the next of its length; 0 where there is none."""
    runs = list(_BACKTICKS.finditer(text, start, end))
    later: dict[int, int] = {}
    partners = [0] * len(runs)
    for number in range(len(runs) - 1, -1, -1):
        length = len(runs[number][0])
        partners[number] = later.get(length, 0)
        later[length] = number
    return list(zip(runs, partners, strict=True))
