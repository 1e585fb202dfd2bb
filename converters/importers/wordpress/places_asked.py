"""Links with a fragment (`/fares/#prices`): the survey notes them, so that the page they lead to gets such a place.

Plug-ins for tables of contents gave headings their ids when a page was shown; the export of that page does not hold
them. What other pages of the site link to is the only trace. The scan is one over text, since a survey has no time for
trees: it may find too much, and what leads to no page of the site is passed over later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_HREF = [re.compile(rf"""{name}\s*+=\s*+["']?+([^\s"'<>]++)""") for name in ("href", "HREF")]
"""One a spelling: a search for plain letters is some 200 times as fast as one that minds no case."""
_NO_PLACE = re.compile(r"(?:comment-|more-)\d+|respond|comments?")
"""Marks that WordPress put there itself."""
_LONGEST = 1_000


def asked(text: str) -> Iterator[str]:
    """Addresses with a fragment that links of an HTML text lead to, other pages' and the page's own in full."""
    if "#" not in text:
        return
    for pattern in _HREF:
        for found in pattern.finditer(text):
            if "#" in found[1] and has_place(address := unescape(found[1])) and address[0] != "#":
                yield address


def has_place(address: str) -> bool:
    fragment = address.partition("#")[2]
    return bool(fragment) and len(address) <= _LONGEST and not _NO_PLACE.fullmatch(fragment)
