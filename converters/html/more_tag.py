"""The end of a teaser, the comment `<!--more-->`, between the blocks of the top level.

WordPress (`get_the_content`) and Hugo cut the text itself there, whatever is open at that place, and close it. So what
is open is divided here: a paragraph, a list behind the item, a quote, a box, emphasis. What would be another thing in
two pieces (a table, a figure, code, an item with more text) stays whole, in the teaser.
"""

from __future__ import annotations

from itertools import takewhile

from lxml import etree

from converters.html import tree

_DIVIDED = frozenset(
    """p div section article main center blockquote ul ol a abbr b big cite del em font i ins mark q s small span strike
    strong sub sup u""".split()
)


def lift(root: etree._Element, mark: etree._Element) -> None:
    """Move the mark, which is somewhere below the root, between the root's children."""
    mark.text = "more"
    above = list(takewhile(lambda one: one is not root, mark.iterancestors()))
    whole = next((one for one in reversed(above) if _stays_whole(one, mark)), None)
    if whole is not None:
        tree.remove(mark)
        mark.tail = None
        _put_behind(whole, mark)
    while (box := mark.getparent()) is not None and box is not root:
        _divide(box, mark)


def _stays_whole(box: etree._Element, mark: etree._Element) -> bool:
    return box.tag not in _DIVIDED and (box.tag != "li" or _goes_on(box, mark))


def _goes_on(box: etree._Element, mark: etree._Element) -> bool:
    """Is there anything in the box behind the mark?"""
    node = mark
    while node is not box:
        if node.getnext() is not None or (node.tail or "").strip():
            return True
        above = node.getparent()
        assert above is not None, "the mark is in the box"
        node = above
    return False


def _put_behind(box: etree._Element, mark: etree._Element) -> None:
    """The text behind the box is behind the mark then."""
    mark.tail, box.tail = box.tail, None
    box.addnext(mark)


def _divide(box: etree._Element, mark: etree._Element) -> None:
    """What stands behind the mark becomes a box of its own; breaks around the mark are idle."""
    rest = etree.Element(box.tag)
    rest.attrib.update({name: value for name, value in box.attrib.items() if name != "id"})
    rest.text, mark.tail = mark.tail, None
    rest.extend(list(mark.itersiblings()))
    before, first = mark.getprevious(), next(iter(rest), None)
    if before is not None and before.tag == "br" and not (before.tail or "").strip():
        tree.remove(before)
    if first is not None and first.tag == "br" and not (rest.text or "").strip():
        tree.remove(first)
    tree.remove(mark)
    if box.tag == "ol" and not _is_empty(rest):
        rest.set("start", str(_first_number(box) + len(box.findall("li"))))
    _put_behind(box, mark)
    if not _is_empty(rest):
        rest.tail, mark.tail = mark.tail, None
        mark.addnext(rest)
    if _is_empty(box):
        tree.remove(box)


def _first_number(numbered: etree._Element) -> int:
    text = str(numbered.get("start") or "1")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 1


def _is_empty(box: etree._Element) -> bool:
    return next(iter(box), None) is None and not (box.text or "").strip()  # to count all takes long
