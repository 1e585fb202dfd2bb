"""Shortcodes that nobody here knows stay the text they are, as WordPress shows them once their plug-in is gone.

They are named in the report: `[name attribute="…"]`, `[name]…[/name]`. Other brackets (`[note]`, `a[0]`) are text.
"""

from __future__ import annotations

import re
from collections.abc import Container

from converters.notices import Log

_TAG = re.compile(r"(?<!\[)\[(/?)([a-zA-Z][\w-]{1,60})((?:\s[^\[\]]{0,2000})?)\](?!\])")
_ATTRIBUTE = re.compile(r"\s[\w-]+\s*=")


def note(text: str, known: Container[str], log: Log) -> None:
    """Note each unknown shortcode of a text once (`shortcode.unknown`)."""
    if "[" not in text:
        return
    for closing, name, attributes in _TAG.findall(text):
        if name not in known and (closing or _ATTRIBUTE.match(attributes)):
            log("shortcode.unknown", name)
