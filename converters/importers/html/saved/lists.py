"""Lists that stand side by side and mean to stand in each other, each with its level."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from turbohtml import Document, Element

_DEEPEST = 12


class _Open:
    """A list that items may still join."""

    def __init__(self, level: int, name: str, element: Element) -> None:
        self.level, self.name, self.element, self.last = level, name, element, _last_item(element)

    def join(self, other: Element) -> None:
        """The items of another list become its own."""
        last = _last_item(other)
        self.element.extend(list(other.children))
        self.last = last or self.last
        other.extract()


def nest(document: Document, selector: str, level_of: Callable[[Element], tuple[str, int]]) -> None:
    """Put every list of a row of lists below the last item of the one before it that has a lower level, and join those
    of one level. `level_of`: (the list that an element is a part of, its level from 0)."""
    row: list[_Open] = []  # outermost first
    for element in document.select(selector):
        name, level = level_of(element)
        level = min(level, _DEEPEST)
        if not row or _before(element) != row[0].element:
            row = [_Open(level, name, element)]
            continue
        while len(row) > 1 and row[-1].level > level:
            row.pop()
        above = row[-1]
        if above.level == level and above.element.tag == element.tag and (above.name == name or len(row) > 1):
            above.join(element)
            continue
        if above.level >= level:
            row.pop()
        if row and row[-1].last is not None:
            row[-1].last.append(element)
        else:
            row.clear()
        row.append(_Open(level, name, element))


def _last_item(element: Element) -> Element | None:
    from turbohtml import Element as Box

    return next((node for node in reversed(list(element.children)) if isinstance(node, Box) and node.tag == "li"), None)


def _before(element: Element) -> Element | None:
    """The element just before it, where nothing but white space stands between."""
    from turbohtml import Element as Box
    from turbohtml import Text

    node = element.previous_sibling
    while isinstance(node, Text) and not node.data.strip():
        node = node.previous_sibling
    return node if isinstance(node, Box) else None
