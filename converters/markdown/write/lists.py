"""Lists: ordered and not, nested, tight and loose, with tasks; two in a row kept apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from lxml import etree

from converters.html import tree
from converters.html.elements import HTML_BLOCK_STARTS
from converters.markdown.write import rawhtml
from converters.markdown.write.dialects import Dialect

_INTERRUPTS = re.compile(r"(?:[-*+]|1[.)]) +\S")
_TAG_NAME = re.compile(r"<([a-z][a-z0-9]*)")
Flow = Callable[[etree._Element], list["Rendered"]]


class Rendered:
    """A finished block. `kind` decides what may be beside it: p, list, quote, code, html, heading, rule, table."""

    __slots__ = ("kind", "marker", "text")

    def __init__(self, kind: str, text: str, marker: str = "") -> None:
        self.kind, self.text, self.marker = kind, text, marker


def is_plain(element: etree._Element) -> bool:
    """Whether Markdown has a form for this list: not for one that counts down, in letters, or with own numbers."""
    if element.attrib:
        if "reversed" in element.attrib or element.get("type", "1") not in ("1", "disc", "circle", "square"):
            return False
        if "list-style-type" in str(element.get("style") or ""):
            return False
        start = str(element.get("start") or "1")
        if not start.isascii() or not start.isdigit() or len(start) > 9:
            return False
    texts = [element.text]
    for child in element:
        if (child.tag != "li" and tree.name(child)) or (child.attrib and "value" in child.attrib):
            return False
        texts.append(child.tail)
    return not any(text and text.strip() for text in texts)


def render(element: etree._Element, flow: Flow, previous: Rendered | None, dialect: Dialect) -> Rendered:
    """The list as one block. `flow(li)` gives the blocks of an item; `previous` is the block before this one."""
    items = [child for child in element if tree.name(child) == "li"]
    if not items:
        return Rendered("html", rawhtml.block(element))
    ordered = tree.name(element) == "ol"
    bodies = [flow(item) for item in items]
    if not dialect.empty and not all(bodies):
        return Rendered("html", rawhtml.block(element))
    loose = any(child.tag == "p" for item in items for child in item) or any(_has_gap(blocks) for blocks in bodies)
    marker = _marker(ordered, previous, dialect)
    number = int(str(element.get("start") or 1))
    heads = (f"{number + offset}{marker} " if ordered else f"{marker} " for offset in range(len(items)))
    written = [_item(blocks, head, loose) for blocks, head in zip(bodies, heads, strict=True)]
    text = ("\n\n" if loose else "\n").join(written)
    if previous is not None and previous.kind == "list" and not dialect.markers_part_lists:
        text = "^\n\n" + text
    if not dialect.starts and ordered and number != 1:
        text += f'\n{{: start="{number}"}}'
    return Rendered("list", text, marker)


def _marker(ordered: bool, previous: Rendered | None, dialect: Dialect) -> str:
    first, second = (".", ")") if ordered else ("-", "*")
    if not dialect.markers_part_lists:
        return first
    return second if previous is not None and previous.marker == first else first


def _item(blocks: list[Rendered], head: str, loose: bool) -> str:
    indent = " " * len(head)
    text = join(blocks, tight=not loose)
    if blocks and blocks[0].kind == "rule":
        text = text.replace("---", "___", 1)
    if not text:
        return head.rstrip()
    lines = text.split("\n")
    return "\n".join([head + lines[0], *(indent + line if line else "" for line in lines[1:])])


_INTERRUPTING = frozenset({"quote", "code", "heading"})
"""Begin at once, even right below a paragraph."""
_ENDING = frozenset({"code", "heading", "rule"})
"""End at once: what follows is never a part of them."""


def join(blocks: list[Rendered], *, tight: bool = False) -> str:
    """Blocks under each other, with a blank line between them unless they are in a tight item and can do without."""
    parts: list[str] = []
    for index, block in enumerate(blocks):
        if index:
            close = tight and _may_touch(blocks[index - 1], block)
            parts.append("\n" if close else "\n\n")
        parts.append(block.text)
    return "".join(parts)


def _has_gap(blocks: list[Rendered]) -> bool:
    """Whether they need a blank line somewhere. Then the list cannot be tight, whatever it was."""
    if any(block.kind == "html" and "\n\n" in block.text for block in blocks):
        return True
    return any(not _may_touch(above, block) for above, block in pairwise(blocks))


def _may_touch(above: Rendered, block: Rendered) -> bool:
    """Whether `block` can be right below `above` and still be another block."""
    if above.kind == block.kind and block.kind in ("list", "quote"):
        return False
    if above.kind not in ("p", "list", "quote", *_ENDING):
        return False
    return _may_interrupt(block) or (above.kind in _ENDING and block.kind == "p")


def _may_interrupt(block: Rendered) -> bool:
    """A list cuts a paragraph when it begins with 1 and its first item is not empty; HTML, when its tag does so."""
    if block.kind == "list":
        return bool(_INTERRUPTS.match(block.text))
    if block.kind == "html":
        tag = _TAG_NAME.match(block.text)
        return tag is not None and tag[1] in HTML_BLOCK_STARTS
    return block.kind in _INTERRUPTING
