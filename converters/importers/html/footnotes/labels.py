"""Numbers and links back in a note go: a list numbers its items, and each target draws links back of its own."""

from __future__ import annotations

import re

from lxml import etree

from converters.html import tree
from converters.importers.html.footnotes.note import MARK
from converters.importers.shared.elements import attribute

_SIGNS = " \t\r\n\xa0^\u2191\u21a9\ufe0e\u21b5\u2934[](){}.,:;|&\u2013\u2014"
"""What stands around links back and numbers, and says nothing."""
_AROUND = frozenset({"sup", "span", "b", "i", "em", "strong", "small", "font", "p", "label", "cite", "a", "div"})
_LEADING = re.compile(r"[\s\xa0]*(?:[\^\u2191][\s\xa0]*)?(?:[.:)\]][\s\xa0]+)?")
_STEPS = 8


def without_labels(item: etree._Element, label: str, backs: list[etree._Element], *, listed: bool) -> None:
    """Change the note in place. `label` is the number or sign of its marks; `listed`: the old page numbered it."""
    first = _leads(item, backs)
    for link in backs:
        _take_out(item, link)
    _drop_label(item, label, listed=listed)
    if first:
        _strip(item)
    _drop_empty_end(item)


def _leads(item: etree._Element, backs: list[etree._Element]) -> bool:
    """Is the first thing of the note a link back?"""
    wanted = set(backs)
    if (item.text or "").strip(_SIGNS):
        return False
    for element in item.iterdescendants("*"):
        if element in wanted:
            return True
        if (element.text or "").strip(_SIGNS):
            return False
    return False


def _take_out(item: etree._Element, link: etree._Element) -> None:
    """The link, the boxes around it that hold nothing else, and brackets around it."""
    gone = link
    while (above := gone.getparent()) is not None and above is not item and above.tag in _AROUND:
        if tree.plain_text(above).strip(_SIGNS) != tree.plain_text(gone).strip(_SIGNS):
            break
        if next(above.iter("img", "video", "audio", "iframe", "pre"), None) is not None:
            break
        gone = above
    before, above = gone.getprevious(), gone.getparent()
    if above is None:
        return
    text = (above.text if before is None else before.tail) or ""
    if text.rstrip().endswith(("[", "(")) and (gone.tail or "").lstrip().startswith(("]", ")")):
        text, gone.tail = text.rstrip()[:-1], (gone.tail or "").lstrip()[1:]
        if before is None:
            above.text = text
        else:
            before.tail = text
    tree.remove(gone)


def _drop_label(item: etree._Element, label: str, *, listed: bool) -> None:
    """The number at the beginning of a note, in an element of its own or in front of its words."""
    place = item
    for _ in range(_STEPS):
        if (place.text or "").strip(_SIGNS):
            place.text = _without_number(place.text or "", label, listed=listed)
            return
        first = next((child for child in place if tree.name(child) and child.tag != "br"), None)
        if first is None:
            return
        shown = tree.plain_text(first).strip()
        if not shown.strip(_SIGNS) and first.tag in _AROUND and not first.get("href"):
            if next(first.iter("img", "video", "audio", "iframe", "pre"), None) is not None:
                return
            tree.remove(first)  # held a link back, or an anchor
            continue
        if first.tag in _AROUND and (found := MARK.fullmatch(shown)) and found[1] == label:
            _take_out(item, first)
            _strip(item)
            return
        if first.tag not in _AROUND:
            return
        place = first


def _without_number(text: str, label: str, *, listed: bool) -> str:
    """`1. The note` and `[1] The note` without their number; a list had its own."""
    numbered = rf"\[{re.escape(label)}\]:?|\({re.escape(label)}\)"
    if not listed:
        numbered += rf"|{re.escape(label)}(?:[.):]|(?=[\s\xa0]))"
    return re.sub(rf"\A[\s\xa0]*(?:{numbered})[\s\xa0]*", "", text) if label else text


def _strip(item: etree._Element) -> None:
    """No sign that stood behind a number or a link back at the beginning."""
    place = item
    for _ in range(_STEPS):
        if (place.text or "").strip():
            place.text = _LEADING.sub("", place.text or "", count=1)
            return
        place.text = None
        first = next(iter(place), None)
        if first is None or (first.tag not in _AROUND and first.tag != "p"):
            return
        if attribute(first, "href") or not (first.text or len(first)):
            return
        place = first


def _drop_empty_end(item: etree._Element) -> None:
    """What held nothing but a link back."""
    while len(item) and not (item[-1].tail or "").strip() and item[-1].tag in ("p", "br", "span", "div", "sup"):
        last = item[-1]
        things = last.iterdescendants("img", "iframe", "video", "audio", "pre")
        if tree.plain_text(last).strip() or next(things, None) is not None:
            break
        last.tail = None
        tree.remove(last)
    if not len(item):
        item.text = (item.text or "").rstrip()
