"""What rules of the user's own write, on its way past all steps that would read it.

A rule's words must neither be looked through for shortcodes again nor, if they are meant for the target, be read as
HTML or escaped as text. So they wait here, and a mark of letters and digits stands for them in the text: HTML comes
back right before the text is parsed, raw words on the tree, as `tree.RAW` elements.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from converters.html import tree
from converters.html.elements import BLOCKS
from converters.html.placeholders import Marks
from converters.model.limits import Limits
from converters.rules import ClassRule, Rule
from converters.rules.read import template
from converters.rules.templates import Html, Inside, Values

_LINES = frozenset("p h1 h2 h3 h4 h5 h6 td th dt pre summary caption figcaption".split())
"""Blocks that hold no blocks."""
_SPACE = " \t\r\n\f"


class Pieces:
    """The waiting pieces of one text."""

    def __init__(self) -> None:
        self._html, self._raw = Marks(), Marks()
        self._length = 0

    def html(self, text: str) -> str:
        """The mark for a piece of HTML."""
        return self._html.keep(text)

    def raw(self, text: str) -> str:
        """The mark for a piece in the target's own words."""
        return self._raw.keep(text)

    def take(self, length: int, limit: int) -> bool:
        """May rules write that much more into this text?"""
        if self._length + length > limit:
            return False
        self._length += length
        return True

    def with_html(self, text: str) -> str:
        """The text with its HTML in place."""
        return self._html.put_back(text)

    def without_raw(self, text: str) -> str:
        """The text without the marks of raw pieces."""
        return self._raw.put_back(text, lambda piece: "")

    def place(self, root: etree._Element) -> None:
        """Put the raw pieces where their marks stand in the tree; one that stands alone is a block."""
        if not self._raw.pieces:
            return
        made: list[etree._Element] = []
        for element in list(root.iter("*")):
            self._out_of_names(element)
        for element in list(root.iter()):
            self._as_words(element)
            if self._raw.there(element.text or ""):
                made += self._split(element, None)
            if element is not root and self._raw.there(element.tail or ""):
                made += self._split(_parent(element), element)
        settled = {parent for parent in dict.fromkeys(map(_parent, made)) if _settle(parent)}
        for element in made:
            if element.getparent() not in settled and _stands_alone(element):
                element.set("display", "block")

    def _out_of_names(self, element: etree._Element) -> None:
        """The name of a tag or of an attribute (`<[x]>`, `<td [x]>`) holds no words: they come to stand before it."""
        names = [str(name) for name in element.attrib if self._raw.there(str(name))]
        words = [piece for name in (tree.name(element), *names) for _, _, piece in self._raw.find(name)]
        for name in names:
            del element.attrib[name]
        if words and element.getparent() is not None:
            element.addprevious(tree.raw("".join(words), display="inline", own=True))
        if self._raw.there(tree.name(element)):
            tree.unwrap(element)

    def _as_words(self, element: etree._Element) -> None:
        """Attributes and comments hold no elements: there the words stand as text."""
        for name, value in element.attrib.items():
            if self._raw.there(str(value)):
                element.set(str(name), self._raw.put_back(str(value)))
        if not tree.name(element) and self._raw.there(element.text or ""):
            element.text = self._raw.put_back(element.text or "")

    def _split(self, parent: etree._Element, after: etree._Element | None) -> Iterator[etree._Element]:
        """Part the text at the start of `parent`, or behind its child `after`, at the marks."""
        text = (parent.text if after is None else after.tail) or ""
        found = list(self._raw.find(text))
        starts = [start for start, _, _ in found]
        if after is None:
            parent.text = text[: starts[0]]
        else:
            after.tail = text[: starts[0]]
        for (_, behind, words), end in zip(found, [*starts[1:], len(text)], strict=True):
            element = tree.raw(words, display="inline", own=True)
            if after is None:
                parent.insert(0, element)
            else:
                before, after.tail = after.tail, None
                after.addnext(element)
                after.tail = before
            element.tail = text[behind:end]
            yield element
            after = element


class CompiledRule:
    """The rule for a shortcode, a block or a class, its template read."""

    def __init__(self, rule: Rule, place: str) -> None:
        """Raises UsageError for a template that cannot be used."""
        self.way = rule.way
        self.rename = rule.rename if isinstance(rule, ClassRule) and rule.rename else ""
        self._template = template(rule, place)

    def write(self, values: Values, pieces: Pieces, limits: Limits) -> str | None:
        """What the rule writes, out of reach for later steps but for the content; None where it would be too much."""
        parts: list[str] = [Inside(values.inside)] if self.way == "unwrap" else []
        if self._template is not None:
            parts = self._template.render(values)
        if not pieces.take(sum(map(len, parts)), limits.rules_output):
            return None
        return "".join(self._kept(part, pieces) for part in parts)

    def _kept(self, part: str, pieces: Pieces) -> str:
        if isinstance(part, Inside):
            return str(part)
        return pieces.raw(part) if self.way == "raw" and not isinstance(part, Html) else pieces.html(part)


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
