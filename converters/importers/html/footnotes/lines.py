"""Notes in one paragraph, or in none, with a line each: `[<a name="f1n">1</a>] One.<br><br>[<a name="f2n">2</a>] Two.`

A line that begins with the anchor that a mark leads to is put into a box of its own, so that it is a note like others.
What is no note after all goes back to what it was.
"""

from __future__ import annotations

from itertools import groupby, islice

from lxml import etree

from converters.html import tree

LINE = "note-line"
"""The box of a line; no HTML parser makes one of a page's own, since a script would have to define it."""
_INLINE = frozenset({"a", "sup", "span", "font", "b", "strong", "small", "em", "i"})
_BLOCKS = frozenset({"p", "div", "td", "blockquote", "section", "article", "body", "html", "main", "font", "center"})
_UP = 3
_MANY = 2_000
_OPENING = "[( \t\r\n\xa0"
"""What stands in front of a number."""


def box_lines(root: etree._Element, targets: set[etree._Element]) -> None:
    """Put every line that begins with one of these anchors into a box, in place."""
    heads = [head for target in islice(targets, _MANY) if (head := _head(target)) is not None]
    number = {element: place for place, element in enumerate(root.iter("*"))} if heads else {}
    heads = sorted(dict.fromkeys(heads), key=lambda head: number.get(head, 0))
    for _, group in groupby(heads, key=lambda head: head.getparent()):
        lines = list(group)
        if len(lines) > 1 or _is_after_break(lines[0]):
            for place, head in enumerate(lines):
                _box(head, lines[place + 1] if place + 1 < len(lines) else None)


def _head(target: etree._Element) -> etree._Element | None:
    """The child of a block that the anchor is in, where a line begins with it."""
    head = target
    for _ in range(_UP):
        above = head.getparent()
        if above is None or head.tag not in _INLINE:
            return None
        before = head.getprevious()
        text = (above.text if before is None else before.tail) or ""
        if before is not None and before.tag != "br":
            return None
        if text.strip(_OPENING):
            return None
        if before is not None or above.tag in _BLOCKS:
            return head if above.tag in _BLOCKS and (before is not None or _breaks_later(head)) else None
        head = above
    return None


def _breaks_later(head: etree._Element) -> bool:
    return any(one.tag == "br" for one in islice(head.itersiblings(), 200))


def _is_after_break(head: etree._Element) -> bool:
    before = head.getprevious()
    return before is not None and before.tag == "br"


def _box(head: etree._Element, following: etree._Element | None) -> None:
    above, before = head.getparent(), head.getprevious()
    if above is None:
        return
    box = etree.Element(LINE)
    box.text = above.text if before is None else before.tail
    if before is None:
        above.text = None
    else:
        before.tail = None
    run = _run(head, following)
    head.addprevious(box)
    box.extend(run)
    breaks = []
    while len(box) and box[-1].tag == "br" and not (box[-1].tail or "").strip(_OPENING):
        breaks.append(box[-1])
        box.remove(box[-1])
    for one in breaks:  # in front of the next note, with the bracket that begins it
        box.addnext(one)


def _run(head: etree._Element, following: etree._Element | None) -> list[etree._Element]:
    """The line and those that belong to it: up to the next note; behind the last one, up to an empty line."""
    run = [head]
    empty = 0
    for element in head.itersiblings():
        if element is following or not (tree.name(element) in _INLINE or element.tag in ("br", "cite", "code", "img")):
            break
        if following is None and element.tag == "br":
            empty = empty + 1 if not (run[-1].tail or "").strip() and run[-1].tag == "br" else 1
            if empty > 1:
                break
        run.append(element)
    return run


def unbox(root: etree._Element) -> None:
    """Take the boxes of lines away that are no notes, in place."""
    tree.unwrap_all(root, list(root.iter(LINE)))


def drop_breaks(box: etree._Element) -> None:
    """The line breaks that parted a line, which is taken out, from the one before."""
    before = box.getprevious()
    while before is not None and before.tag == "br" and not (before.tail or "").strip():
        above = before.getprevious()
        tree.remove(before)
        before = above
