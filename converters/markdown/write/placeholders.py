"""Engines of others know nothing of `tree.RAW`: their raw pieces travel as marks and are put back afterwards."""

from __future__ import annotations

from lxml import etree

from converters.html import tree
from converters.html.placeholders import Marks


def take_out(root: etree._Element) -> Marks:
    """Replace every raw element by a mark in the text (in a paragraph of its own, if it is a block)."""
    marks = Marks()
    for element in list(root.iter(tree.RAW)):
        mark = marks.keep(element.text or "")
        element.tag = "p" if element.get("display") == "block" else "span"
        element.attrib.clear()
        element.text = mark
    return marks


def take_out_as_text(element: etree._Element) -> Marks:
    """Replace every raw element below `element` by a mark in the text around it: for HTML that stays HTML."""
    marks, found = Marks(), list(element.iterdescendants(tree.RAW))
    for inner in found:
        inner.text = marks.keep(inner.text or "")
    tree.unwrap_all(element, found)
    return marks
