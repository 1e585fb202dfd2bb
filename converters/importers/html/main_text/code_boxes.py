"""Boxes of code: what stands in one stays or goes as a whole, with the few words around it (a title, a language).

The lines of a highlighter are short, and look like anything but text; what is a title or a button there, the step that
makes code plain (`converters/importers/html/code`) tells apart.
"""

from __future__ import annotations

from collections.abc import Iterator

from converters.importers.html.code.places import KEPT_BLANKS, NAMES, PRE
from converters.importers.html.main_text.blocks import Blocks, Box

_WORDS = 12
"""Words beside the code in its outermost box, at most."""
_STOPS = frozenset({"article", "main", "body", "section", "td", "li"})


def code_boxes(page: Blocks) -> Iterator[Box]:
    """The outermost boxes of code, in document order; none stands in another."""
    last = -1
    for box in page.boxes:
        if box.first >= box.last or box.first < last or not _is_code(box):
            continue
        while box.parent > 0:
            above = page.boxes[box.parent]
            if above.tag in _STOPS or above.first < last or above.words - box.words > _WORDS:
                break
            box = above
        last = box.last
        yield box


def _is_code(box: Box) -> bool:
    if box.tag in PRE or not NAMES.isdisjoint(box.named.split()):
        return True
    style = box.element.attr("style") if box.tag in ("div", "p", "section") else None
    return bool(style) and KEPT_BLANKS.search(str(style)) is not None
