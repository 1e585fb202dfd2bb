"""Where the values of a JSON file are, without reading them: a feed may be larger than memory.

The grammar is that of RFC 8259, in any layout. What is inside of a value is the business of whoever reads it: here only
brackets, commas, colons and strings are told from each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, NamedTuple

from converters.errors import SourceError

_CHUNK = 1024 * 1024
_SIGN = re.compile(rb'[{}\[\],:"]')
_INSIDE = re.compile(rb'(?:[^"\\]++|\\.)*+', re.S)
"""What is in a string, as far as the bytes at hand go."""
_QUOTE, _COMMA, _COLON = b'",:'
_OPEN, _CLOSE = b"{[", b"}]"
_LONGEST_KEY = 1000


class BrokenOffError(Exception):
    """The file ends inside of a value, or is no JSON there. `start` is where that value begins."""

    def __init__(self, start: int) -> None:
        super().__init__(f"broken off in the value at byte {start}")
        self.start = start


class Span(NamedTuple):
    """The place of a value in its file; blanks around it may be in it."""

    start: int
    end: int


class Scanner:
    """Goes through a file once. Memory holds a piece of it, however large its values are."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._data, self._base, self._at = file, b"", 0, 0
        self._again: tuple[int, int] | None = None

    def documents(self) -> Iterator[Span]:
        """The objects of a file that holds one or more, behind each other: JSON Lines, or a single item.

        Raises BrokenOffError where something else is there.
        """
        while True:
            sign, at = self._next()
            if not sign:
                return
            if sign != _OPEN[0]:
                raise BrokenOffError(at)
            self._skip_inside(at)
            yield Span(at, self._here)

    def members(self) -> Iterator[str]:
        """The keys of the object at the start of the file. After each, `rows` or `value` has to be called for what
        follows it. Raises BrokenOffError."""
        sign, start = self._next()
        if sign != _OPEN[0]:
            raise BrokenOffError(start)
        key = ""
        while True:
            sign, at = self._next()
            if sign == _QUOTE:
                key = self._key
            elif sign == _COLON:
                yield key
            elif sign == _CLOSE[0]:
                return
            elif sign != _COMMA:
                raise BrokenOffError(at)

    def value(self) -> Span:
        """The value behind a key."""
        start = self._here
        depth = 0
        while True:
            sign, at = self._next()
            if sign in _OPEN:
                depth += 1
            elif not depth and sign in (_COMMA, _CLOSE[0]):
                self._again = sign, at
                return Span(start, at)
            elif not sign or (sign in _CLOSE and not depth):
                raise BrokenOffError(start)
            elif sign in _CLOSE:
                depth -= 1

    def rows(self) -> Iterator[Span]:
        """The values of the array behind a key, one after the other. Raises BrokenOffError, also for what is no
        array."""
        sign, at = self._next()
        if sign != _OPEN[1]:
            raise BrokenOffError(at)
        start, depth = self._here, 0
        while True:
            sign, at = self._next()
            if not sign:
                raise BrokenOffError(start)
            if sign in _OPEN:
                depth += 1
            elif sign == _COMMA and not depth:
                yield Span(start, at)
                start = at + 1
            elif sign in _CLOSE:
                if not depth:
                    yield Span(start, at)
                    return
                depth -= 1

    @property
    def _here(self) -> int:
        return self._base + self._at

    def _skip_inside(self, start: int) -> None:
        """Go behind the bracket that closes the one just seen."""
        depth = 1
        while depth:
            sign, _ = self._next()
            if not sign:
                raise BrokenOffError(start)
            depth += (sign in _OPEN) - (sign in _CLOSE)

    def _next(self) -> tuple[int, int]:
        """The next sign and its place; a string is passed over and counts as its first quote. 0 at the end."""
        if self._again is not None:
            again, self._again = self._again, None
            return again
        while (found := _SIGN.search(self._data, self._at)) is None:
            self._at = len(self._data)
            if not self._more():
                return 0, self._here
        at, sign = self._base + found.start(), self._data[found.start()]
        self._at = found.end()
        if sign == _QUOTE:
            self._pass_string(at)
        return sign, at

    def _pass_string(self, start: int) -> None:
        self._key, from_here = "", self._at
        while True:
            inside = _INSIDE.match(self._data, self._at)
            assert inside is not None, "it matches nothing, too"
            self._at = inside.end()
            if self._data[self._at : self._at + 1] == b'"':
                self._key = self._data[from_here : min(self._at, from_here + _LONGEST_KEY)].decode("utf-8", "replace")
                self._at += 1
                return
            kept = self._at - from_here
            if not self._more(kept if kept < _LONGEST_KEY else 0):
                raise BrokenOffError(start)
            from_here = self._at - kept if kept < _LONGEST_KEY else self._at

    def _more(self, kept: int = 0) -> bool:
        """Read on; what was looked at is forgotten but for the last bytes that are `kept`. False at the end."""
        chunk = self._file.read(_CHUNK)
        if not chunk:
            return False
        start = self._at - kept
        self._base += start
        self._data, self._at = self._data[start:] + chunk, kept
        return True


def read_span(file: IO[bytes], span: Span) -> bytes:
    file.seek(span.start)
    return file.read(span.end - span.start)


def refuse(name: str, head: bytes) -> None:
    """Raises SourceError for a file that does not begin as one of JSON does, and says what it looks like."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"{"):
        return
    looks = "it does not begin with {"
    if not start:
        looks = "it is empty"
    elif start.startswith((b"<!doctype html", b"<html")):
        looks = "it is an HTML page, perhaps an error page of the server"
    elif start.startswith(b"<"):
        looks = "it is XML, perhaps an RSS or Atom feed"
    elif start.startswith(b"["):
        looks = "it is a list, and a feed is an object with items"
    raise SourceError(f"{name} is not a JSON Feed: {looks}. Give a file that --to json wrote, or a JSON Feed.")
