"""Marks in headings that only lead to the heading itself (`¶`, `#`, a chain), as Sphinx, MkDocs and Hugo set them."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from turbohtml import Element

_MANY = 20
_LONG = 2_000
"""Texts and elements of a heading that are looked at."""


def title_of(heading: Element) -> str:
    """The words of a heading, which a break parts, without such marks: links to a place in a page without a word."""
    pieces = (getattr(node, "data", " " if getattr(node, "tag", "") == "br" else "") for node in heading.descendants)
    text = "".join(str(piece) for piece in islice(pieces, _LONG))
    for link in heading.select("a[href*='#']")[:_MANY]:
        mark = link.text.strip()
        if mark and not re.search(r"\w", mark):
            before, _, after = text.rpartition(mark)
            text = before + after
    return " ".join(text.split())
