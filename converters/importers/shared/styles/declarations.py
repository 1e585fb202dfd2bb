"""The declarations of a `style` attribute, as a browser would take them: the last one of a name counts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_IMPORTANT = re.compile(r"\s*!\s*important\s*\Z")
_LONGEST = 20_000
"""Characters of a style that is read; no editor writes a longer one."""
_LENGTH = re.compile(r"(-?\d{0,9}(?:\.\d{0,9})?)\s*(px|pt|em|rem|%|vw|vh|cm|in)?")


def declarations(style: str) -> Mapping[str, str]:
    """Property -> value, both in small letters."""
    if not style or len(style) > _LONGEST:
        return {}
    return _declarations(style) if len(style) < 500 else _declarations.__wrapped__(style)


@lru_cache(maxsize=1024)
def _declarations(style: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    if "/*" in style:
        style = _COMMENT.sub("", style)
    for part in style.lower().split(";"):
        name, colon, value = part.partition(":")
        if colon:
            found[name.strip()] = " ".join(_IMPORTANT.sub("", value).split())
    return found


def length(value: str) -> float | None:
    """A length as a number, whatever its unit; None for what is none."""
    found = _LENGTH.fullmatch(value)
    if found is None or found[1] in ("", "-", ".", "-."):
        return None
    return float(found[1])
