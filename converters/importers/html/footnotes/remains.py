"""What is left where the notes were: empty lists and boxes, rules, a heading that heads nothing."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

from converters.html import tree
from converters.html.elements import HEADINGS
from converters.importers.html.footnotes import lines
from converters.importers.html.footnotes.note import LEVELS, NAMED
from converters.importers.shared.elements import attribute
from converters.model.notices import Log

_TITLE = re.compile(
    r"\W*(?:(?:foot|end|side)?-?notes?|references|notes? (?:and|&) references|fu(?:ß|ss)noten?|anmerkung(?:en)?"
    r"|endnoten?|notes? de bas de pages?|références|notas?(?: al pie| de rodapé)?|note(?: a piè di pagina)?"
    r"|voetnoten|noten|fotnoter|noter"
    r"|przypisy|примечания|сноски|脚注|注释|註釋|註解|각주)\W*",
    re.I,
)
_UNSEEN = re.compile(
    r"(?:^|\s)(?:sr-only|visually-hidden|screen-reader-text|screenreader)(?=$|\s)|visually-hidden", re.I
)
_NOTHING = frozenset({"hr", "br", "colgroup", "col", "script", "style", "link"})
_ROWS = 200
"""Children of a box that are looked at."""


def around(root: etree._Element, places: list[etree._Element]) -> list[etree._Element]:
    """Take the boxes of notes out of the text; what held them, each once."""
    found: dict[etree._Element, None] = {}
    for box in places:
        if box.tag == lines.LINE:
            lines.drop_breaks(box)
        parent = box.getparent()
        if parent is not None and parent is not root:
            found.setdefault(parent)
        elif parent is root and (before := box.getprevious()) is not None and before.tag == "hr":
            tree.remove(before)
    for parent in found:
        if parent.tag == "ol":
            _keep_numbers(parent, set(places))
    tree.remove_all(root, places)
    return list(found)


def _keep_numbers(listed: etree._Element, gone: set[etree._Element]) -> None:
    """What has no mark in the text keeps its number in the list that it was in."""
    start = attribute(listed, "start")
    number = int(start) if start.isdecimal() and len(start) < 5 else 1
    for item in listed.iterchildren("li"):
        if item not in gone:
            item.set("value", str(number))
        number += 1


def clear(root: etree._Element, boxes: list[etree._Element], log: Log) -> None:
    """Take out what held nothing but notes. A heading of the notes stays where the notes are now: at the end."""
    for box in boxes:
        for element in islice([box, *box.iterancestors()], LEVELS):
            if element is root or element.getparent() is None or not _is_empty(element):
                break
            titles = [child for child in element if tree.name(child) not in _NOTHING]
            _take_out(root, element, titles, log)


def _is_empty(box: etree._Element) -> bool:
    """Is there nothing but rules and the title of the notes?"""
    if (box.text or "").strip() or len(box) > _ROWS:
        return False
    titles = 0
    for child in box:
        if (child.tail or "").strip():
            return False
        if tree.name(child) in _NOTHING or not tree.name(child):
            continue
        titles += 1
        if not _is_title(child):
            return False
    return titles <= 1


def _is_title(element: etree._Element) -> bool:
    words = tree.plain_text(element).strip()
    if not words:
        return next(element.iter("img", "iframe", "video", "audio"), None) is None
    if len(words) > 60 or element.tag not in (*HEADINGS, "p", "div", "span", "strong", "caption"):
        return False
    named = NAMED.search(f"{attribute(element, 'class')} {attribute(element, 'id')}")
    return bool(_TITLE.fullmatch(words) or named) and next(element.iter("img", "a"), None) is None


def _take_out(root: etree._Element, box: etree._Element, titles: list[etree._Element], log: Log) -> None:
    before, follows = box.getprevious(), _follows(root, box)
    if before is not None and before.tag == "hr" and not (before.tail or "").strip():
        tree.remove(before)  # generators draw it over their notes
        before = box.getprevious()
    title = next((one for one in titles if tree.plain_text(one).strip()), None)
    if title is None and before is not None and before.tag in HEADINGS and not (before.tail or "").strip():
        title = before if follows and _TITLE.fullmatch(tree.plain_text(before).strip()) else None
    if title is not None and (follows or _UNSEEN.search(attribute(title, "class"))):
        log("html.chrome", " ".join(tree.plain_text(title).split()), where="in the text")
        log.leave_out(tree.plain_text(title))
        tree.remove(title)
        title = None
    if title is not None and title.getparent() is box:
        title.tail = None
        tree.replace(box, title)
    else:
        tree.remove(box)


def _follows(root: etree._Element, box: etree._Element) -> bool:
    """Is there more of the text behind the box, in front of the list of notes at its end?"""
    listed = root[-1]
    current = box
    for _ in range(LEVELS):
        if (current.tail or "").strip():
            return True
        for after in islice(current.itersiblings(), _ROWS):
            if after is listed:
                break
            if tree.plain_text(after).strip() or next(after.iter("img", "iframe", "video", "audio"), None) is not None:
                return True
            if (after.tail or "").strip():
                return True
        above = current.getparent()
        if above is None or above is root:
            return False
        current = above
    return True
