"""Boxes of HTML in Markdown: between whose tags Markdown is read."""

from __future__ import annotations

from lxml import etree

from converters.html import tree


def holds_blocks(box: etree._Element) -> bool:
    """Nothing but blocks is in it: these are Markdown between its tags. Anything else stays HTML as a whole."""
    bare = (box.text or "").strip() or any((child.tail or "").strip() for child in box)
    return not bare and len(box) > 0 and all(tree.is_block(child) for child in box)


def holds_phrases(box: etree._Element) -> bool:
    """No block is in it: its content can be a paragraph."""
    return not any(tree.is_block(inner) for inner in box.iterdescendants())
