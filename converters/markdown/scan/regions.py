"""Where in a Markdown text is prose, where HTML, and where code, told line by line.

What the scanner of `spans.py` needs of the block structure of CommonMark (https://spec.commonmark.org/0.31.2/): fenced
and indented code, blocks of HTML, and the blank lines and markers at which no inline construct goes on. One pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

PROSE, HTML = "prose", "html"

_LINE = re.compile(r"[^\n]*+\n|[^\n]++\Z")
_QUOTE = re.compile(r" {0,3}>[ \t]?")
_ITEM = re.compile(r"[ \t]*+(?:[-+*]|\d{1,9}[.)])(?=[ \t]|\r?\n|\Z)[ \t]*+")
_FENCE = re.compile(r"[ \t]*+(`{3,}+(?=[^`]*+$)|~{3,}+)")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|\r?$)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*\r?\n?$")
_BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|"
    "fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|"
    "menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|"
    "track|ul"
)
_HTML = (  # (start, end; None: a blank line), the first that fits
    (
        re.compile(r" {0,3}<(?:script|pre|style|textarea)(?=[\s>]|$)", re.I),
        re.compile(r"</(?:script|pre|style|textarea)>", re.I),
    ),
    (re.compile(r" {0,3}<!--"), re.compile(r"-->")),
    (re.compile(r" {0,3}<\?"), re.compile(r"\?>")),
    (re.compile(r" {0,3}<!\[CDATA\["), re.compile(r"\]\]>")),
    (re.compile(r" {0,3}<![A-Za-z]"), re.compile(r">")),
    (re.compile(rf" {{0,3}}</?(?:{_BLOCK_TAGS})(?=[\s/>]|$)", re.I), None),
)
_LONE_TAG = re.compile(
    r" {0,3}<(?:/[A-Za-z][\w-]*+\s*+|[A-Za-z][\w-]*+"
    r"(?:\s++[^\s\"'<>/=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>`]++))?+)*+\s*+/?+)>\s*+$"
)
"""One that stands alone on its line begins a block of HTML too, unless it would interrupt a paragraph."""


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
    """Is the line outside of the quotation or the list item in which the fence stands?"""
    return quotes < fence.quotes or (bool(rest.strip()) and _width(rest) < fence.indent)


def _close_fence(state: _State, rest: str) -> None:
    assert state.fence is not None
    bare, mark = rest.strip(), state.fence.mark
    if len(bare) >= len(mark) and not bare.strip(mark[0]) and _width(rest) < state.fence.indent + 4:
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
    width = _width(rest)
    state.empty_item = False
    if quotes > state.quotes:
        state.blank, state.in_paragraph, fresh = True, False, True
    state.quotes = quotes
    if not state.in_paragraph or _interrupts(rest):
        while state.items and width < state.items[-1]:
            state.items.pop()
    base = state.items[-1] if state.items else 0
    if state.blank and width >= base + 4:
        return "", True  # indented code
    for _ in range(_DEEPEST):
        item = _ITEM.match(rest)
        if item is None or _is_rule(rest):
            break
        marker = len(rest[: item.end()].rstrip())
        gap = _width(" " * marker + rest[marker : item.end()] + ".") - marker
        base = marker + (1 if gap > 4 else gap)
        rest = " " * (marker + gap) + rest[item.end() :]
        width = _width(rest)
        if not rest.strip():
            state.items.append(marker + 1)
            state.blank, state.in_paragraph, state.empty_item = True, False, True
            return PROSE, True
        state.items.append(base)
        fresh, state.in_paragraph = True, False
        if width >= base + 4:
            state.blank = True
            return "", True
    return _begin(state, rest, base, quotes, fresh=fresh)


def _begin(state: _State, rest: str, base: int, quotes: int, *, fresh: bool) -> tuple[str, bool]:
    fence = _FENCE.match(rest)
    if fence is not None and _width(rest) < base + 4:
        state.fence = _Fence(fence[1], quotes, base)
        state.in_paragraph = False
        return "", True
    inner = rest[min(base, _width(rest)) :] if base else rest
    for start, end in _HTML:
        if start.match(inner):
            state.in_html, state.html, state.in_paragraph = True, end, False
            _end_html(state, inner)
            return HTML, True
    if not state.in_paragraph and _LONE_TAG.match(inner):
        state.in_html, state.html = True, None
        return HTML, True
    underline = state.in_paragraph and _UNDERLINE.match(inner) is not None
    alone = not underline and (_HEADING.match(inner) is not None or _is_rule(inner))
    fresh = fresh or alone
    state.blank = alone or underline
    state.in_paragraph = not state.blank
    return PROSE, fresh


def _end_html(state: _State, line: str) -> None:
    state.blank = False
    if state.html is not None and state.html.search(line):
        state.in_html, state.html, state.blank = False, None, True


def _interrupts(line: str) -> bool:
    """Does the line begin a block even behind a line of a paragraph, which a list item would else go on with?"""
    begins = _FENCE.match(line) or _HEADING.match(line) or _ITEM.match(line)
    return bool(begins) or _is_rule(line) or any(start.match(line) for start, _ in _HTML)


def _is_rule(line: str) -> bool:
    bare = re.sub(r"\s+", "", line)
    return len(bare) >= 3 and bare[0] in "-*_" and not bare.strip(bare[0])


def _width(line: str) -> int:
    """The column of the first character that is no space."""
    column = 0
    for character in line:
        if character == " ":
            column += 1
        elif character == "\t":
            column += 4 - column % 4
        else:
            break
    return column
