"""Fields that hold a line of HTML (titles, names of terms) as plain text."""

from __future__ import annotations

import html
import re

from converters import tree

_SPACE = re.compile(r"[ \t\r\n\f]+")


def plain(value: str) -> str:
    """What a browser shows of a field: entities decoded once, tags gone, white space collapsed."""
    if "<" in value:
        value = tree.plain_text(tree.parse(value))
    elif "&" in value:
        value = html.unescape(value)
    return _SPACE.sub(" ", value).strip(" ")
