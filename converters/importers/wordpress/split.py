"""An export cut into items, on bytes, without parsing it.

Items are found by their tags, and `<item>` or `</item>` inside a CDATA section (a post about RSS) does not count.
Whether `]]>` ends a section is told by what follows: in XML, `]]>` never stands outside one, so of two in a row without
an opening between them the first is text (exports of other programs than WordPress leave it raw).

The file is read in windows and not mapped: a mapped file that is cut short by somebody else ends the process with a
signal (SIGBUS), a read only comes back short.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from converters.model.limits import DEFAULT, Limits
from converters.source_check import changed

_OPEN, _CLOSE, _END = b"<![CDATA[", b"]]>", b"</item>"
_WINDOW = 1024 * 1024
_LONGEST = 64
"""Bytes of a mark that two windows may share."""
_TOKEN = re.compile(rb"<!\[CDATA\[|\]\]>|</item\s*>")
_SECTION = re.compile(rb"<!\[CDATA\[|\]\]>")
_BETWEEN = re.compile(rb"<item(?=[\s>])|<!\[CDATA\[|<!--")
_MARKS = {mark: re.compile(re.escape(mark)) for mark in (_CLOSE, _END, b"-->")}


class PartKind(Enum):
    ITEM = "item"
    CHANNEL = "channel"
    """What stands before, between and after items: the head of the channel with authors and terms, the end tags."""
    TOO_LARGE = "too large"
    CUT = "cut"
    """An item that has no end: the file breaks off."""


class ExportPart(NamedTuple):
    kind: PartKind
    start: int
    end: int


class _Found(NamedTuple):
    """A mark and where it is, in bytes from the start of the file."""

    mark: bytes
    start: int
    end: int


class Splitter:
    """Cuts one file. Offsets are bytes from the start of the file."""

    def __init__(self, path: Path, limits: Limits = DEFAULT, *, name: str = "") -> None:
        """`name`: what the user calls the file."""
        self._limits, self._name = limits, name or str(path)
        self._file = path.open("rb", buffering=0)
        self.size = self._file.seek(0, 2)
        self._window, self._at = b"", 0

    def __enter__(self) -> Splitter:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __del__(self) -> None:
        if hasattr(self, "_file"):  # there may have been no such file
            self._file.close()

    def read(self, start: int, end: int) -> bytes:
        """No further than to the end of the file. Raises ChangedSourceError when that is not where it was."""
        end = min(end, self.size)
        if self._at <= start and end <= self._at + len(self._window):
            return self._window[start - self._at : end - self._at]
        return self._read(start, end)

    def _read(self, start: int, end: int) -> bytes:
        self._file.seek(start)
        data = self._file.read(end - start) or b""
        if len(data) < end - start:  # a single read may bring less than there is
            pieces, missing = [data], end - start - len(data)
            while missing and (data := self._file.read(missing)):
                pieces.append(data)
                missing -= len(data)
            if missing:
                raise changed(self._name)
            return b"".join(pieces)
        return data

    def parts(self) -> Iterator[ExportPart]:
        """Every part of the file, in order, without gaps."""
        position = 0
        while position < self.size:
            start = self._next_item(position)
            if start is None:
                yield ExportPart(PartKind.CHANNEL, position, self.size)
                return
            if start > position:
                yield ExportPart(PartKind.CHANNEL, position, start)
            end = self._item_end(start)
            if end is None:
                yield ExportPart(PartKind.CUT, start, self.size)
                return
            large = end - start > self._limits.item_bytes
            yield ExportPart(PartKind.TOO_LARGE if large else PartKind.ITEM, start, end)
            position = end

    def _next_item(self, position: int) -> int | None:
        """Where the next item starts; comments and CDATA sections in between are passed over."""
        while found := self._search(_BETWEEN, position):
            if found.mark == b"<item":
                return found.start
            closing = self._search(_MARKS[b"-->" if found.mark == b"<!--" else _CLOSE], found.end)
            if closing is None:
                return None
            position = closing.end
        return None

    def _item_end(self, start: int) -> int | None:
        """The offset behind the item's end tag, or None when it has none."""
        found = self._search(_MARKS[_END], start)
        small = found is not None and found.start - start <= self._limits.item_bytes
        if found is not None and small and _balanced(self.read(start, found.start)):
            return found.end
        return self._item_end_by_tokens(start)

    def _item_end_by_tokens(self, start: int) -> int | None:
        inside, position = False, start
        while found := self._search(_TOKEN, position):
            position = found.end
            if found.mark == _OPEN:
                inside = True
            elif found.mark == _CLOSE:
                inside = inside and not self._ends_section(position)
            elif not inside:
                return position
        return None

    def _ends_section(self, position: int) -> bool:
        """Does the `]]>` that ends at `position` end its section? Not if another one follows before an opening."""
        following = self._search(_SECTION, position)
        return following is None or following.mark == _OPEN

    def _search(self, pattern: re.Pattern[bytes], position: int) -> _Found | None:
        """The next match at or behind `position`, window by window: a huge item is never in memory for a search."""
        while True:
            window, at = self._window_at(position)
            end = at + len(window)
            found = pattern.search(window, position - at)
            if found is not None:
                return _Found(found[0], at + found.start(), at + found.end())
            if end >= self.size:
                return None
            position = max(position, end - _LONGEST)

    def _window_at(self, position: int) -> tuple[bytes, int]:
        """The window that holds what is at `position`, and where it begins; with more behind it than a mark takes."""
        end = self._at + len(self._window)
        if not self._at <= position or (position + _LONGEST >= end and end < self.size):
            self._window = self._read(position, min(position + _WINDOW, self.size))
            self._at = position
        return self._window, self._at


def _balanced(item: bytes) -> bool:
    """The cheap check for the common case: every section closes where an element closes, and there is one `<item`."""
    opened = item.count(_OPEN)
    closed = item.count(b"]]></") + item.count(b"]]><![CDATA[")
    return opened == closed == item.count(_CLOSE) and item.find(b"<item", 5) < 0


def sections(data: bytes) -> Iterator[tuple[bool, bytes]]:
    """`data` in pieces: (is CDATA, bytes). The marks of a section are part of no piece.

    The same rule for raw `]]>` as above; a section without an end goes to the end of `data`.
    """
    position = 0
    while (opening := data.find(_OPEN, position)) >= 0:
        yield False, data[position:opening]
        start = scan = opening + len(_OPEN)
        while True:
            end = data.find(_CLOSE, scan)
            if end < 0:
                yield True, data[start:]
                return
            following = _SECTION.search(data, end + len(_CLOSE))
            scan = end + len(_CLOSE)
            if following is None or following[0] == _OPEN:
                break
        yield True, data[start:end]
        position = scan
    yield False, data[position:]
