"""How the items of a list are marked: `list-style-type` as the attribute `type`, as a list of the other kind, or kept.

<ol style="list-style-type: upper-roman">                    <ol type="I">; the block editor since WordPress 6.1
<ul style="list-style-type: decimal">                        <ol>
<ol style="list-style: square">                              <ul>
<ol style="list-style-type: lower-greek">                    the style stays: no attribute says it
<li style="list-style-type: none"><ul>…</ul></li>            a part of the item before it: TinyMCE's nested lists
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from converters.html import tree
from converters.importers.shared.styles.declarations import declarations

_TYPES = {
    "decimal": "", "upper-roman": "I", "lower-roman": "i", "upper-alpha": "A", "upper-latin": "A", "lower-alpha": "a",
    "lower-latin": "a",
}  # fmt: skip
_BULLETS = frozenset({"disc", "circle", "square"})
_OTHER = frozenset(
    """none decimal-leading-zero lower-greek lower-armenian upper-armenian armenian georgian hebrew hiragana
    hiragana-iroha katakana katakana-iroha cjk-decimal cjk-ideographic cjk-earthly-branch cjk-heavenly-stem
    simp-chinese-informal trad-chinese-informal japanese-informal korean-hangul-formal arabic-indic persian devanagari
    bengali gujarati gurmukhi kannada khmer lao malayalam mongolian myanmar oriya tamil telugu thai tibetan""".split()
)
KEPT = "list-style-type: "
"""What the style of a list begins with that has numbers of a kind no attribute names."""
_WORD = re.compile(r"[a-z-]+")


def number(element: etree._Element, said: Mapping[str, str]) -> None:
    """Say what a style says of a list, or of all items of one, by its tag and its attributes."""
    if element.tag not in ("ol", "ul", "li"):
        return
    mark = _mark(said)
    if not mark:
        return
    if element.tag != "li":
        _set(element, mark)
        return
    parent = element.getparent()
    if parent is None or parent.tag not in ("ol", "ul"):
        return
    if mark == "none":
        _into_the_item_before(element)
    elif element.getprevious() is None and all(_mark_of(item) == mark for item in parent.iterchildren("li")):
        _set(parent, mark)


def _mark_of(item: etree._Element) -> str:
    return _mark(declarations(str(item.get("style") or "")))


def _mark(said: Mapping[str, str]) -> str:
    """The kind of mark a style names; empty for none that is known."""
    value = said.get("list-style-type") or said.get("list-style") or ""
    known = (word for word in _WORD.findall(value) if word in _TYPES or word in _BULLETS or word in _OTHER)
    return next(known, "")


def _set(element: etree._Element, mark: str) -> None:
    element.attrib.pop("style", "")
    if mark in _TYPES:
        element.tag = "ol"
        element.attrib.pop("type", "")
        if _TYPES[mark]:
            element.set("type", _TYPES[mark])
    elif mark in _BULLETS:
        element.tag = "ul"
        for name in ("type", "start", "reversed"):
            element.attrib.pop(name, "")
    elif element.tag == "ol":
        element.set("style", KEPT + mark)


def _into_the_item_before(item: etree._Element) -> None:
    """An item without a mark that only holds a list: editors wrote so what is a list in the item before."""
    before = item.getprevious()
    only_lists = all(child.tag in ("ol", "ul") for child in item) and len(item)
    texts = [item.text, *(child.tail for child in item)]
    if before is None or before.tag != "li" or not only_lists or any((text or "").strip() for text in texts):
        return
    before.extend(list(item))
    tree.remove(item)
