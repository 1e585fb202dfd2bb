"""What links of a text say beside the page they lead to; for surveys, which look at a text without parsing it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_HREF = [re.compile(rf"""{name}\s*+=\s*+["']?+([^\s"'<>]++)""") for name in ("href", "HREF")]
"""One a spelling: a search for plain letters is some 200 times as fast as one that minds no case."""
_NO_PLACE = re.compile(r"(?:comment-|more-)\d+|respond|comments?")
"""Marks that WordPress put there itself."""
_LONGEST = 1_000
_LINK = re.compile(r"<a\s[^<>]*?\s(?:target|rel)\s*=", re.I)
ATTRIBUTES = "link attributes"
"""What `Site.counted` calls the number of links that open a window, or say how they relate to what they lead to."""


def asked(text: str) -> Iterator[str]:
    """Addresses with a fragment that links of an HTML text lead to, other pages' and the page's own in full."""
    if "#" not in text:
        return
    for pattern in _HREF:
        for found in pattern.finditer(text):
            if "#" in found[1] and has_place(address := unescape(found[1])) and address[0] != "#":
                yield address


def has_place(address: str) -> bool:
    """Does the URL name a place inside of a page?"""
    fragment = address.partition("#")[2]
    return bool(fragment) and len(address) <= _LONGEST and not _NO_PLACE.fullmatch(fragment)


def link_attributes(text: str) -> int:
    """How many links of an HTML text open a window of their own, or say how they relate to what they lead to."""
    return sum(1 for _ in _LINK.finditer(text)) if "target" in text or "rel" in text else 0
