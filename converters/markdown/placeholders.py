"""Engines of others know nothing of `tree.RAW`: their raw pieces travel as marks and are put back afterwards."""

from __future__ import annotations

import re

from lxml import etree

from converters import tree

_MARK = re.compile("\ufdd2(\\d+)\ufdd3")


def take_out(root: etree._Element) -> list[str]:
    """Replace every raw element by a mark in the text (in a paragraph of its own, if it is a block)."""
    taken: list[str] = []
    for element in list(root.iter(tree.RAW)):
        mark = f"\ufdd2{len(taken)}\ufdd3"
        taken.append(element.text or "")
        element.tag = "p" if element.get("display") == "block" else "span"
        element.attrib.clear()
        element.text = mark
    return taken


def take_out_as_text(element: etree._Element) -> list[str]:
    """Replace every raw element below `element` by a mark in the text around it: for HTML that stays HTML."""
    found = list(element.iterdescendants(tree.RAW))
    taken = [inner.text or "" for inner in found]
    for number, inner in enumerate(found):
        inner.text = f"\ufdd2{number}\ufdd3"
    tree.unwrap_all(element, found)
    return taken


def put_back(markdown: str, taken: list[str]) -> str:
    return _MARK.sub(lambda match: taken[int(match[1])], markdown)
