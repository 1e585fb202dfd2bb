"""Values of TOML and JSON, no deeper than a limit. Python's readers recurse, and the time that `tomllib` takes for a
dotted key grows faster than the square of its parts: so the depth is found out before they read.
"""

from __future__ import annotations

import re
from typing import Any

from converters.limits import DEFAULT

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


def _toml_depth(text: str, limit: int) -> int:
    """The depth of the deepest value, by brackets and dots of keys; not counted further than the limit.

    A table's header counts for all lines below it, and a key for what is in its brackets. Dots of numbers count as
    well: they add one, which no limit is so narrow as to mind.
    """
    header = dots = 0
    inside: list[int] = []
    level, deepest, at_start, in_header = 0, 0, True, False
    for found in _TOML.finditer(text):
        sign = found[0]
        if sign == "\n":
            if not inside:
                header, dots, in_header = (dots + 1 if in_header else header), 0, False
            at_start = True
            continue
        if sign == ".":
            dots += 1
        elif sign == "[" and at_start and not inside:
            header, dots, in_header = 0, 0, True
        elif in_header:
            pass
        elif sign in "[{":
            inside.append(dots + 1)
            level, dots = level + dots + 1, 0
        elif sign in "]}" and inside:
            level -= inside.pop()
            dots = 0
        elif sign == ",":
            dots = 0
        at_start = at_start and sign[0] == "#"
        deepest = max(deepest, header + level + dots + 1)
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
