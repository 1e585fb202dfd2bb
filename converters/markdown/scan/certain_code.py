"""Which parts of a Markdown text are code, whoever reads it.

    ```html                     - a list          text `<b>`     text ` that
    <script>   code for sure      <script> maybe  for sure       `<b>` may not

Fenced and indented blocks and code spans count only where no container, no block of HTML and no other mark could change
what they are, in any reading that CommonMark's rules and the extensions of Goldmark leave open. What is left out may be
code all the same. Linear in the length of the text. Shortcodes have to be masked (`shortcodes`).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from converters.html.elements import HTML_BLOCK_STARTS, RAW_TEXT
from converters.markdown.scan.regions import LONG_HTML, end_of_html, indentation, paired_backticks
from converters.markdown.scan.shortcodes import GONE, MARKDOWN

_LINE = re.compile(r"([^\n]*+)(?:\n|\Z)")
_ODD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]|\r(?!\n)")
"""Characters that readers of Markdown do not agree on."""
_MORE = "<!--more-->"
_FENCE = re.compile(r"(`{3,}+)[^`]*$|(~{3,}+)")
_QUOTES = re.compile(r"(?:>[ ]?)+")
_MARKER = re.compile(r"(?:[-+*]|(\d{1,9})[.)])(?=\s|$)[ \t]*")
_NESTS = re.compile(r"(?:[-+*]|\d{1,9}[.)]|[:~])(?:\s|$)|\[\^")
"""What begins a list item, a definition or a footnote."""
_LONG = re.compile(LONG_HTML, re.I)
_TAG_LINE = re.compile(r"[\s>*+\-\d.)]*<[A-Za-z/]")
_TAGS = (
    HTML_BLOCK_STARTS
    - RAW_TEXT
    - frozenset(
        """base basefont body caption col colgroup frame frameset head html link menuitem noframes param pre search
    track""".split()
    )
)
_BLOCK_TAG = re.compile(rf"</?(?:{'|'.join(sorted(_TAGS))})(?=[ \t>]|/>|$)", re.I)
"""What every reader takes for the beginning of a block of HTML."""
_HEADING = re.compile(r"#{1,6}(?:[ \t]|$)")
_SETTLED = re.compile(
    r"\]\([^\s()<>`\"'\\]*+(?:[ \t]++\"[^\"`\\]*+\")?+\)|\[\^[\w-]++\]|\]\[[^\[\]`\\\n]*+\]"
    r"|<[A-Za-z/](?:[^<>`\"'\n]|\"[^\"`\n]*+\"|'[^'`\n]*+')*+>"
)
"""Ends of links, notes and tags that hold no backtick in any reading."""
_OPEN = re.compile(rf"\]\(|\]:|\]\[|\[\^|<{GONE}*[A-Za-z/!?]|(?:://|www\.)\S*+\Z")
"""What could hold the backtick behind it; Goldmark takes one into a bare URL, too."""
_PREFIX = re.compile(r"(?:[\s>*+:\-]|\d{1,9}[.)]|\[\^[^\]\n]*+\]:)*+")
_DELIMITERS = re.compile(r"^[ \t>]*+(?=[^\n]*[|:])(?=[^\n]*-)[|:\- \t]++\r?$", re.M)
"""The line below the head of a table."""


class _OpenFence(NamedTuple):
    mark: str
    indent: int
    """What the lines inside are indented by, where it is in a list; 0 where nothing but its own end ends it."""
    quotes: int
    kind: str
    """`sure`; `item`: begun beside the marker of an item; `maybe`: it may not be a fence at all."""
    start: int
    certain: bool


def certain_code(text: str, *, passthrough: tuple[str, ...] = ()) -> list[tuple[int, int]]:
    """(start, end) of what is code for sure, in order. `passthrough`: marks whose inside is copied as it is."""
    if _ODD.search(text) or any(mark and mark in text for mark in passthrough):
        return []
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._found: list[tuple[int, int]] = []
        self._fence: _OpenFence | None = None
        self._html: tuple[re.Pattern[str], bool] | None = None
        """How the open block of HTML ends, and whether it is one for sure."""
        self._nested = False
        """A list, a definition or a footnote may be open."""
        self._more = text.find(_MORE)
        self._trimmed = False
        """Hugo takes away the white space in front of the next line."""
        self._table = _DELIMITERS.search(text) is not None
        self._lost = False
        self._blank()

    def _blank(self) -> None:
        """What a blank line ends."""
        self._fresh = True
        self._indented = False
        """The last line was indented code."""
        self._dirty = False
        """Backticks of this paragraph may pair in another way."""
        self._tag = ""
        """`sure` or `maybe`: a block of HTML that the next blank line ends."""
        self._written = False
        """A shortcode wrote something unknown here."""
        self._single: set[int] = set()
        """Lengths of runs of backticks without a partner on their line."""

    def read(self) -> list[tuple[int, int]]:
        position = 0
        while position < len(self._text) and not self._lost:
            line = _LINE.match(self._text, position)
            assert line is not None
            self._line(line[1].rstrip("\r"), position, line.end())
            position = max(line.end(), position + 1)
        if self._fence is not None and not self._lost:
            self._end_fence(len(self._text))
        return self._found

    def _line(self, line: str, start: int, end: int) -> None:
        self._lost = self._moved(line, start, end)
        if self._lost:
            return
        if self._fence is not None and self._in_fence(line, start, end):
            return
        if self._html is not None:
            self._in_html(line)
        elif not line.strip(" \t"):
            self._blank()
        else:
            self._open(line, start, end)
            self._fresh = False

    def _moved(self, line: str, start: int, end: int) -> bool:
        """Whether it is unknown what the line is, since Hugo ends the teaser there.

        Hugo puts an empty line in place of the first divider and takes away the white space behind it.
        """
        if self._trimmed and line.strip(" \t"):
            self._trimmed = False
            return line[0] in " \t"
        if not start <= self._more < end:
            return False
        self._trimmed = True
        behind = line[self._more - start + len(_MORE) :]
        plain = self._fence is None and self._html is None and not self._nested and not self._tag
        prefix = _PREFIX.match(line)
        assert prefix is not None, "it matches nothing, too"
        return not plain or bool(behind.strip() or prefix[0].strip())

    def _in_fence(self, line: str, start: int, end: int) -> bool:
        """Whether the line is inside of the fence, or its end."""
        fence = self._fence
        assert fence is not None
        rest = line
        if fence.quotes:
            quotes = _QUOTES.match(line.lstrip(" "))
            if quotes is None or quotes[0].count(">") < fence.quotes:
                self._end_fence(start)
                return False
            rest = line.lstrip(" ")[quotes.end() :]
        width = indentation(rest)
        if rest.strip(" \t") and width < fence.indent:
            self._end_fence(start)
            self._lost = fence.kind == "maybe"
            return self._lost
        bare = rest.strip(" \t")
        if len(bare) < len(fence.mark) or rest.strip().strip(fence.mark[0]):
            return True
        if bare.strip(fence.mark[0]) or (fence.kind == "maybe" and width > max(fence.indent, 3)):
            self._lost = True  # the end to some, code to others
            self._end_fence(start)
        elif width < fence.indent + 4:
            self._end_fence(start)
            self._fresh = True
        return True

    def _end_fence(self, end: int) -> None:
        fence = self._fence
        assert fence is not None
        self._fence = None
        if fence.certain:
            if MARKDOWN not in self._text[fence.start : end]:
                self._found.append((fence.start, end))
            self._blank()
        else:
            self._dirty = True

    def _in_html(self, line: str) -> None:
        assert self._html is not None
        end, sure = self._html
        if not sure and any(one.match(line, _prefix_end(line)) for one in (_FENCE, _LONG)):
            self._lost = True
        if end.search(line):
            self._html = None
            self._dirty = not sure
            if sure:
                self._blank()

    def _open(self, line: str, start: int, end: int) -> None:
        body = line.lstrip(" \t")
        width = indentation(line)
        plain = body.lstrip("> \t")
        self._written = self._written or MARKDOWN in line
        if width == 0 and not _NESTS.match(body) and (self._fresh or _HEADING.match(body)):
            self._nested = False
        self._indented = width >= 4 and (self._fresh or self._indented) and not (self._nested or self._written)
        if self._indented:
            self._found.append((start, end))
            return
        nested = self._nested
        self._nested = nested or _NESTS.match(plain) is not None
        if self._begins_fence(line, body, width, start, end, nested=nested):
            return
        if self._begins_html(line, body, width):
            return
        self._spans(line, start)

    def _begins_fence(self, line: str, body: str, width: int, start: int, end: int, *, nested: bool) -> bool:
        if width >= 4 and not self._nested:
            return False
        quotes = _QUOTES.match(body)
        rest = body[quotes.end() :] if quotes else body
        inner = rest
        while inner and (marker := _MARKER.match(inner)) is not None:
            inner = inner[marker.end() :]
        fence = _FENCE.match(inner.lstrip(" \t"))
        if fence is None:
            self._lost = _FENCE.match(line, _prefix_end(line)) is not None
            return self._lost
        if self._tag == "sure":
            return True  # a line of HTML
        mark = fence[1] or fence[2]
        if self._tag or self._written:
            self._lost = True
        elif quotes is not None:
            self._lost = rest != inner or width > 0 or nested or indentation(rest) > 3
            self._fence = _OpenFence(mark, 0, quotes[0].count(">"), "sure", end, not self._lost)
        elif rest != inner:
            self._begins_in_item(line, rest, inner, _OpenFence(mark, 0, 0, "item", end, width == 0))
        elif width < 4 and (not nested or not width):
            self._fence = _OpenFence(mark, 0, 0, "sure", end, True)
        else:
            self._fence = _OpenFence(mark, width, 0, "maybe", end, width < 4)
        return True

    def _begins_in_item(self, line: str, rest: str, inner: str, fence: _OpenFence) -> None:
        """A fence beside the marker of a list item, which a number is in a paragraph only if it is 1."""
        marker = _MARKER.match(rest)
        assert marker is not None, "a marker is in front of the fence"
        gap = marker[0].count(" ")
        plain = rest[marker.end() :] == inner and "\t" not in line and 0 < gap <= 4
        if fence.certain and plain and (marker[1] is None or self._fresh):
            self._fence = fence._replace(indent=len(marker[0]))
        else:
            self._lost = True

    def _begins_html(self, line: str, body: str, width: int) -> bool:
        if self._tag == "sure":
            return True
        opener = _LONG.match(line, _prefix_end(line))
        if opener is not None:
            self._dirty = True
            sure = opener.start() == 0 and not self._tag and not self._written
            end = end_of_html(opener)
            if end.search(line, opener.end()) is None:
                self._html = end, sure
                self._lost = "<!-->" in line or "<!--->" in line
            elif sure:
                self._blank()
            return True
        if _TAG_LINE.match(line):
            sure = width == 0 and _BLOCK_TAG.match(body) is not None
            self._tag = "sure" if sure else "maybe"
            return True
        return False

    def _spans(self, line: str, start: int) -> None:
        """Code spans that begin and end on this line."""
        if self._dirty or self._tag or self._written:
            return
        if "\\`" in line:
            self._dirty = True
            return
        runs = paired_backticks(line, 0, len(line))
        number = position = 0
        while number < len(runs) and not self._dirty:
            run, partner = runs[number]
            if partner:
                self._span(line, start, [one for one, _ in runs[number : partner + 1]], position)
                position, number = runs[partner][0].end(), partner + 1
            else:
                self._single.add(len(run[0]))
                number += 1
        if _OPEN.search(_SETTLED.sub("", f"{line[position:]}\n")) is not None:
            self._dirty = True

    def _span(self, line: str, start: int, runs: list[re.Match[str]], position: int) -> None:
        first, last = runs[0], runs[-1]
        inner = line[first.end() : last.start()]
        lengths = {len(run[0]) for run in runs}
        before = _OPEN.search(_SETTLED.sub("", line[position : first.start()]))
        other = not lengths.isdisjoint(self._single)
        self._dirty = before is not None or other or "<!--" in inner or (self._table and "|" in inner)
        if not self._dirty:
            self._found.append((start + first.start(), start + last.end()))


def _prefix_end(line: str) -> int:
    found = _PREFIX.match(line)
    return found.end() if found else 0
