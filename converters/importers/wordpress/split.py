"""An export cut into items, on bytes, without parsing it.

An export is mapped, not read: items are found by their tags, and `<item>` or `</item>` inside a CDATA section (a post
about RSS) does not count. Whether `]]>` ends a section is told by what follows: in XML, `]]>` never stands outside one,
so of two in a row without an opening between them the first is text (exports of other programs than WordPress leave it
raw).
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from converters.limits import DEFAULT, Limits

_OPEN, _CLOSE, _END = b"<![CDATA[", b"]]>", b"</item>"
_WINDOW = 8 * 1024 * 1024
_LONGEST = 64
"""Bytes of a mark that two windows may share."""
_TOKEN = re.compile(rb"<!\[CDATA\[|\]\]>|</item\s*>")
_SECTION = re.compile(rb"<!\[CDATA\[|\]\]>")
_BETWEEN = re.compile(rb"<item(?=[\s>])|<!\[CDATA\[|<!--")


class PartKind(Enum):
    ITEM = "item"
    CHANNEL = "channel"
    """What stands before, between and after items: the head of the channel with authors and terms, the end tags."""
    TOO_LARGE = "too large"
    CUT = "cut"
    """An item that has no end: the file breaks off."""


class Part(NamedTuple):
    kind: PartKind
    start: int
    end: int


class Splitter:
    """Cuts one mapped file. Offsets are bytes from the start of the file."""

    def __init__(self, path: Path, limits: Limits = DEFAULT) -> None:
        self._limits = limits
        self._released = self._looked_at = 0
        with path.open("rb") as file:
            self.size = file.seek(0, 2)
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if self.size else None

    def __enter__(self) -> Splitter:
        return self

    def __exit__(self, *_: object) -> None:
        if self._map is not None:
            self._map.close()

    def read(self, start: int, end: int) -> bytes:
        if self._map is None:
            return b""
        data = self._map[start:end]
        self._looked_at += len(data)
        if self._looked_at > _WINDOW:
            self._looked_at = 0
            self._give_back(0, self.size)
        return data

    def parts(self) -> Iterator[Part]:
        """Every part of the file, in order, without gaps."""
        position = 0
        while position < self.size:
            start = self._next_item(position)
            if start is None:
                yield Part(PartKind.CHANNEL, position, self.size)
                return
            if start > position:
                yield Part(PartKind.CHANNEL, position, start)
            end = self._item_end(start)
            if end is None:
                yield Part(PartKind.CUT, start, self.size)
                return
            large = end - start > self._limits.item_bytes
            yield Part(PartKind.TOO_LARGE if large else PartKind.ITEM, start, end)
            position = end
            self._release(position)

    def _next_item(self, position: int) -> int | None:
        """Where the next item starts; comments and CDATA sections in between are passed over."""
        assert self._map is not None
        while match := _BETWEEN.search(self._map, position):
            if match[0] == b"<item":
                return match.start()
            closing = b"-->" if match[0] == b"<!--" else _CLOSE
            end = self._map.find(closing, match.end())
            if end < 0:
                return None
            position = end + len(closing)
        return None

    def _item_end(self, start: int) -> int | None:
        """The offset behind the item's end tag, or None when it has none."""
        end = self._find(_END, start)
        if end < 0:
            return self._item_end_by_tokens(start)
        if end - start <= self._limits.item_bytes and _balanced(self.read(start, end)):
            return end + len(_END)
        return self._item_end_by_tokens(start)

    def _item_end_by_tokens(self, start: int) -> int | None:
        inside, position = False, start
        # what was looked through in vain is looked at again
        self._released = min(self._released, start // mmap.PAGESIZE * mmap.PAGESIZE)
        while match := self._search(_TOKEN, position):
            position = match.end()
            token = match[0]
            if token == _OPEN:
                inside = True
            elif token == _CLOSE:
                inside = inside and not self._ends_section(position)
            elif not inside:
                return position
            self._release(position)
        return None

    def _ends_section(self, position: int) -> bool:
        """Does the `]]>` that ends at `position` end its section? Not if another one follows before an opening."""
        following = self._search(_SECTION, position)
        return following is None or following[0] == _OPEN

    def _find(self, needle: bytes, start: int) -> int:
        """`find` in windows, so that a search through a huge item does not keep it in memory."""
        assert self._map is not None
        while start < self.size:
            found = self._map.find(needle, start, start + _WINDOW)
            if found >= 0 or start + _WINDOW >= self.size:
                return found
            start += _WINDOW - len(needle)
            self._release(start)
        return -1

    def _search(self, pattern: re.Pattern[bytes], position: int) -> re.Match[bytes] | None:
        """`search` in windows, as `_find` does it."""
        assert self._map is not None
        while True:
            end = min(position + _WINDOW, self.size)
            found = pattern.search(self._map, position, end)
            if found is not None or end == self.size:
                return found
            position = end - _LONGEST
            self._release(position)

    def _release(self, position: int) -> None:
        """Give pages behind `position` back to the system."""
        if position - self._released >= _WINDOW:
            end = position // mmap.PAGESIZE * mmap.PAGESIZE
            self._give_back(self._released, end)
            self._released = end

    def _give_back(self, start: int, end: int) -> None:
        """A mapped file counts as memory where it was looked at; what is given back is read anew when it is wanted."""
        if self._map is not None and hasattr(self._map, "madvise"):
            self._map.madvise(mmap.MADV_DONTNEED, start, end - start)


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
