"""What rules of the user's own write, on its way past all steps that would read it.

A rule's words must neither be looked through for shortcodes again nor, if they are meant for the target, be read as
HTML or escaped as text. So they wait here, and a mark of letters and digits stands for them in the text: HTML comes
back right before the text is parsed, raw words on the tree, as `tree.RAW` elements. A mark holds a number drawn by lot
for each text, which no text can know and nothing that is written ever holds.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from functools import cached_property

from lxml import etree

from converters import tree
from converters.elements import BLOCKS

_LINES = frozenset("p h1 h2 h3 h4 h5 h6 td th dt pre summary caption figcaption".split())
"""Blocks that hold no blocks."""
_SPACE = " \t\r\n\f"


class Pieces:
    """The waiting pieces of one text."""

    def __init__(self) -> None:
        self._html: list[str] = []
        self._raw: list[str] = []
        self._length = 0

    @cached_property
    def _mark(self) -> str:
        return f"postferry{secrets.token_hex(8)}"

    @cached_property
    def _marks(self) -> re.Pattern[str]:
        return re.compile(rf"{self._mark}([hr])(\d+)z")

    def html(self, text: str) -> str:
        """The mark for a piece of HTML."""
        self._html.append(text)
        return f"{self._mark}h{len(self._html) - 1}z"

    def raw(self, text: str) -> str:
        """The mark for a piece in the target's own words."""
        self._raw.append(text)
        return f"{self._mark}r{len(self._raw) - 1}z"

    def take(self, length: int, limit: int) -> bool:
        """May rules write that much more into this text?"""
        if self._length + length > limit:
            return False
        self._length += length
        return True

    def with_html(self, text: str) -> str:
        """The text with its HTML in place."""
        if not self._html:
            return text
        return self._marks.sub(lambda mark: self._html[int(mark[2])] if mark[1] == "h" else mark[0], text)

    def without_raw(self, text: str) -> str:
        """The text without the marks of raw pieces."""
        return self._marks.sub(lambda mark: "" if mark[1] == "r" else mark[0], text) if self._raw else text

    def place(self, root: etree._Element) -> None:
        """Put the raw pieces where their marks stand in the tree; one that stands alone is a block."""
        if not self._raw:
            return
        made: list[etree._Element] = []
        for element in list(root.iter()):
            self._as_words(element)
            if f"{self._mark}r" in (element.text or ""):
                made += self._split(element, None)
            if element is not root and f"{self._mark}r" in (element.tail or ""):
                made += self._split(_parent(element), element)
        settled = {parent for parent in dict.fromkeys(map(_parent, made)) if _settle(parent)}
        for element in made:
            if element.getparent() not in settled and _stands_alone(element):
                element.set("display", "block")

    def _as_words(self, element: etree._Element) -> None:
        """Attributes and comments hold no elements: there the words stand as text."""
        for name, value in element.attrib.items():
            if f"{self._mark}r" in value:
                element.set(str(name), self._marks.sub(self._words, str(value)))
        if not tree.name(element) and f"{self._mark}r" in (element.text or ""):
            element.text = self._marks.sub(self._words, element.text or "")

    def _words(self, mark: re.Match[str]) -> str:
        return self._raw[int(mark[2])]

    def _split(self, parent: etree._Element, after: etree._Element | None) -> Iterator[etree._Element]:
        """Part the text at the start of `parent`, or behind its child `after`, at the marks."""
        text = (parent.text if after is None else after.tail) or ""
        found = [mark for mark in self._marks.finditer(text) if mark[1] == "r"]
        ends = [mark.start() for mark in found[1:]] + [len(text)]
        for number, (mark, end) in enumerate(zip(found, ends, strict=True)):
            element = tree.raw(self._words(mark), display="inline", own=True)
            if after is None:
                parent.insert(0, element)
            else:
                after.tail = None
                after.addnext(element)
            if number == 0 and after is None:
                parent.text = text[: mark.start()]
            elif number == 0 and after is not None:
                after.tail = text[: mark.start()]
            element.tail = text[mark.end() : end]
            yield element
            after = element


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None, "it was put into a tree"
    return parent


def _settle(parent: etree._Element) -> bool:
    """A paragraph of nothing but raw elements becomes one."""
    if parent.tag != "p" or _words_around(parent) or not all(child.tag == tree.RAW for child in parent):
        return False
    words, tail = "\n\n".join(child.text or "" for child in parent), parent.tail
    parent.clear()
    parent.tag, parent.text, parent.tail = tree.RAW, words, tail
    parent.attrib.update(tree.raw("", own=True).attrib)
    return True


def _words_around(parent: etree._Element) -> str:
    return "".join([parent.text or "", *(child.tail or "" for child in parent)]).strip(_SPACE)


def _stands_alone(element: etree._Element) -> bool:
    """Does a raw element stand between blocks?"""
    parent, before, behind = element.getparent(), element.getprevious(), element.getnext()
    if parent is None or parent.tag not in BLOCKS or parent.tag in _LINES:
        return False
    text = (parent.text if before is None else before.tail) or ""
    return _is_edge(before, text) and _is_edge(behind, element.tail or "")


def _is_edge(neighbour: etree._Element | None, between: str) -> bool:
    return not between.strip(_SPACE) and (neighbour is None or neighbour.tag in BLOCKS or neighbour.tag == tree.RAW)
