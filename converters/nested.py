"""Values of TOML and JSON, no deeper than a limit. Python's readers recurse, and the time that `tomllib` takes for a
dotted key grows faster than the square of its parts: so the depth is found out before they read.
"""

from __future__ import annotations

import re
from typing import Any

from converters.model.limits import DEFAULT

_TOML = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:""""{0,2}|\Z)'
    r"|'''(?:[^']|'(?!''))*+(?:''''{0,2}|\Z)"
    r'|"(?:[^"\\\n]|\\.)*+"?'
    r"|'[^'\n]*+'?"
    r"|#[^\n]*+"
    r"|[\[\]{}.,=\n]",
    re.S,
)
"""Strings and comments as wholes, so that nothing in them counts; the signs that make depth."""


class DepthError(ValueError):
    """Nested deeper than is read."""

    def __init__(self) -> None:
        super().__init__("nested too deeply")


def toml(text: str, limit: int = DEFAULT.front_matter_depth) -> dict[str, Any]:
    """The value of a document. Raises ValueError for what is no TOML or nested deeper than the limit."""
    import tomllib

    if text.count(".") + text.count("[") + text.count("{") > limit and _toml_depth(text, limit) > limit:
        raise DepthError
    return tomllib.loads(text)


class _Depth:
    """Where a walk over a document stands."""

    def __init__(self) -> None:
        self.header = self.dots = self.level = 0
        self.inside: list[int] = []
        self.at_start, self.in_header = True, False

    def end_line(self) -> None:
        if not self.inside:
            self.header = self.dots + 1 if self.in_header else self.header
            self.dots, self.in_header = 0, False
        self.at_start = True

    def take(self, sign: str) -> None:
        """Any token but the end of a line."""
        if sign == ".":
            self.dots += 1
        elif sign == "[" and self.at_start and not self.inside:
            self.header, self.dots, self.in_header = 0, 0, True
        elif not self.in_header:
            self._value(sign)
        self.at_start = self.at_start and sign[0] == "#"

    def _value(self, sign: str) -> None:
        if sign in "[{":
            self.inside.append(self.dots + 1)
            self.level, self.dots = self.level + self.dots + 1, 0
        elif sign in "]}" and self.inside:
            self.level -= self.inside.pop()
            self.dots = 0
        elif sign == ",":
            self.dots = 0

    @property
    def depth(self) -> int:
        return self.header + self.level + self.dots + 1


def _toml_depth(text: str, limit: int) -> int:
    """The depth of the deepest value, by brackets and dots of keys; not counted further than the limit.

    A table's header counts for all lines below it, and a key for what is in its brackets. Dots of numbers count as
    well: they add one, which no limit is so narrow as to mind.
    """
    at, deepest = _Depth(), 0
    for found in _TOML.finditer(text):
        if found[0] == "\n":
            at.end_line()
            continue
        at.take(found[0])
        deepest = max(deepest, at.depth)
        if deepest > limit:
            break
    return deepest


def check(value: Any, limit: int = DEFAULT.front_matter_depth) -> Any:
    """The same value. Raises DepthError where lists and maps are nested deeper than the limit."""
    waiting = [(value, 0)]
    while waiting:
        found, depth = waiting.pop()
        if isinstance(found, dict | list):
            if depth >= limit:
                raise DepthError
            waiting.extend((item, depth + 1) for item in (found.values() if isinstance(found, dict) else found))
    return value
