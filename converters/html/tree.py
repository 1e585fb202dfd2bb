"""A tree of HTML, read, changed and written. `parse` makes one of a text.

Whatever takes many elements out does so in one walk: one by one, each would copy the text before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import cast

from lxml import etree

from converters.html.elements import BLOCKS, RAW_TEXT, VOID
from converters.html.parse import parse as parse
from converters.html.parse import strip_tags
from converters.html.placeholders import Marks

RAW = "{urn:postferry}raw"
"""An element whose text a Markdown engine writes as it is; `display` is block or inline. No HTML parser makes one."""
OWN = "own"
"""On a raw element: the user wrote its text for the target, so that marks of the target's templates in it are meant."""
_SPARED = frozenset({"pre", "code", "kbd", "style", "script", "tt", "textarea", RAW})

_GONE = "GONE"
"""As in `parse`: no parser makes this name."""
_MANY = 50
"""Elements from which one walk over the whole tree is quicker than a step for each."""
_empty = etree.XPath("descendant-or-self::*[not(node()[1])]")  # the first: all of them cost their square


def name(element: etree._Element) -> str:
    """The element's tag; empty for comments and processing instructions."""
    tag: object = element.tag
    return tag if isinstance(tag, str) else ""


def is_comment(element: etree._Element) -> bool:
    """Also for a processing instruction (`<?php … ?>`), which HTML reads as a comment."""
    return isinstance(element, etree._Comment | etree._ProcessingInstruction)


def is_block(element: etree._Element) -> bool:
    """Whether it is between paragraphs, as raw elements with `display` block are."""
    return element.tag in BLOCKS or (element.tag == RAW and element.get("display") == "block")


def comment(element: etree._Element) -> str:
    """A comment as HTML."""
    target = f"?{element.target!s} " if isinstance(element, etree._ProcessingInstruction) else ""
    return f"<!--{target}{element.text or ''}-->"


def serialize(element: etree._Element, *, tail: bool = False) -> str:
    """The element as HTML, with its own tag.

    Written as XML with end tags everywhere, which HTML reads the same: libxml2's own HTML form would encode addresses
    again. Scripts and styles, whose text HTML does not decode, need that form all the same. Raw elements inside are
    written as their text, and are text in the tree afterwards.
    """
    if element.tag == RAW:
        return (element.text or "") + (_escape(element.tail or "") if tail else "")
    if next(element.iter(RAW), None) is not None:
        marks = take_out_raw(element)
        return marks.put_back(serialize(element, tail=tail))
    if is_comment(element):
        return comment(element) + (_escape(element.tail or "") if tail else "")
    for inner in cast(list[etree._Element], _empty(element)):
        if inner.tag not in VOID:
            inner.text = ""
    method = "html" if next(element.iter(*RAW_TEXT), None) is not None else "xml"
    text = etree.tostring(element, encoding="unicode", method=method, with_tail=tail)
    return text if method == "xml" else text.replace("\r", "&#13;")  # which Markdown would take for the end of a line


def take_out_raw(element: etree._Element) -> Marks:
    """Replace every raw element below `element` by a mark in the text around it."""
    marks, found = Marks(), list(element.iterdescendants(RAW))
    for inner in found:
        inner.text = marks.keep(inner.text or "")
    unwrap_all(element, found)
    return marks


def inner_html(element: etree._Element) -> str:
    """The content of the element as HTML."""
    parts = [_escape(element.text or "")]
    parts.extend(serialize(child, tail=True) for child in element)
    return "".join(parts)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain_text(element: etree._Element) -> str:
    """All text inside the element, unchanged. `itertext` would look through all comments again for each of them."""
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False)


def remove(element: etree._Element) -> None:
    """Take the element out of its tree; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    tail, element.tail = element.tail, None
    before = element.getprevious()
    parent.remove(element)
    _append_text(parent, before, tail)


def unwrap(element: etree._Element) -> None:
    """Take the element's tag away; what is inside it and behind it stays.

    Children are never addressed by number: siblings would be counted for each.
    """
    parent = element.getparent()
    if parent is None:
        return
    _append_text(parent, element.getprevious(), element.text)
    for child in list(element):
        element.addprevious(child)  # its tail comes with it
    remove(element)


def _append_text(parent: etree._Element, before: etree._Element | None, text: str | None) -> None:
    """Add text behind a child of `parent`, or at its start."""
    if not text:
        return
    if before is None:
        parent.text = (parent.text or "") + text
    else:
        before.tail = (before.tail or "") + text


def remove_all(root: etree._Element, elements: Iterable[etree._Element]) -> None:
    """`remove` for many elements below the root."""
    found = _below(root, elements)
    if len(found) < _MANY:
        for element in found:
            remove(element)
        return
    for element in found:
        element.tag = _GONE
    etree.strip_elements(root, _GONE, with_tail=False)


def unwrap_all(root: etree._Element, elements: Iterable[etree._Element]) -> None:
    """`unwrap` for many elements below the root."""
    found = _below(root, elements)
    if len(found) < _MANY:
        for element in found:
            unwrap(element)
        return
    strip_tags(root, found)


def _below(root: etree._Element, elements: Iterable[etree._Element]) -> list[etree._Element]:
    return [element for element in elements if element is not root and element.getparent() is not None]


def strip_comments(root: etree._Element, kept: Iterable[etree._Element] = ()) -> None:
    """Take out all comments and processing instructions below the root but those in `kept`."""
    places: list[tuple[etree._Element, etree._Element]] = []
    for node in _below(root, kept):
        place = etree.Element("KEPT")
        _swap(node, place)
        places.append((place, node))
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    for place, node in places:
        _swap(place, node)


def _swap(old: etree._Element, new: etree._Element) -> None:
    """Put `new` in the place of `old`, with the text behind it."""
    parent = old.getparent()
    assert parent is not None, "it is below a root"
    new.tail, old.tail = old.tail, None
    parent.replace(old, new)


def replace(element: etree._Element, *new: etree._Element) -> None:
    """Put `new` in the element's place; the text behind it stays behind the last of them."""
    parent = element.getparent()
    if parent is None:
        return
    if not new:
        remove(element)
        return
    new[-1].tail = (new[-1].tail or "") + (element.tail or "") or None
    element.tail = None
    for item in new:
        element.addprevious(item)
    parent.remove(element)


def change_texts(root: etree._Element, change: Callable[[str | None], str | None]) -> None:
    """Change every text of the tree in place, but for those that WordPress's typographer spares (`wptexturize`)."""
    root.text = change(root.text)
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        if element is root:
            continue
        if event == "start":
            if element.tag in _SPARED:
                walker.skip_subtree()
            else:
                element.text = change(element.text)
        else:
            element.tail = change(element.tail)


def raw(text: str, *, display: str = "block", own: bool = False) -> etree._Element:
    """An element that every Markdown engine writes as `text`, unescaped; `own`: see `OWN`."""
    element = etree.Element(RAW, display=display)
    if own:
        element.set(OWN, "1")
    element.text = text
    return element
