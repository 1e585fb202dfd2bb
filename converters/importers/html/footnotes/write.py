"""Notes into the tree, in the form that docs/semantic-html.md has."""

from __future__ import annotations

from lxml import etree

from converters.html import tree
from converters.html.elements import BLOCKS
from converters.importers.html.footnotes.note import Note

_BACK = "\u21a9\ufe0e"
_BOXES = 6
"""Levels of boxes in a note."""
_BRACKETS = {"[": "]", "(": ")"}


def write(root: etree._Element, notes: list[Note]) -> None:
    """A mark with a link in the place of each mark, and the list of the notes at the end of the text."""
    used = {str(element.get("id")) for element in root.iter("*") if element.get("id")}
    own = {place for note in notes for place in (note.id, *note.places) if place}
    used -= own
    listed = etree.Element("ol")
    for number, note in enumerate(notes, 1):
        id = note.id if note.id not in used else ""
        id = id or _free(f"note-{number}", used | own)
        used.add(id)
        backs = []
        for count, mark in enumerate(note.marks):
            place = note.places[count] if count < len(note.places) else ""
            if not place or place in used:
                place = _free(f"note-{number}-mark" + (f"-{count + 1}" if count else ""), used)
            used.add(place)
            backs.append(place)
            _mark(mark, number, id, place)
        _finish(note.item, id, backs)
        listed.append(note.item)
    root.append(listed)


def _free(wanted: str, used: set[str]) -> str:
    name, number = wanted, 2
    while name in used:
        name, number = f"{wanted}-{number}", number + 1
    return name


def _mark(mark: etree._Element, number: int, id: str, place: str) -> None:
    """The mark alone, without brackets and without the empty place in front of it that a link back led to."""
    _without_brackets(mark)
    before = mark.getprevious()
    if before is not None and before.tag in ("a", "span") and place in (before.get("id"), before.get("name")):
        tree.remove(before)
    sup = etree.Element("sup")
    etree.SubElement(sup, "a", href=f"#{id}", id=place).text = str(number)
    tree.replace(mark, sup)


def _without_brackets(mark: etree._Element) -> None:
    before, above = mark.getprevious(), mark.getparent()
    if above is None:
        return
    text = (above.text if before is None else before.tail) or ""
    end = _BRACKETS.get(text[-1:])
    if end is None or not (mark.tail or "").startswith(end):
        return
    mark.tail = (mark.tail or "")[1:]
    if before is None:
        above.text = text[:-1]
    else:
        before.tail = text[:-1]


def _finish(item: etree._Element, id: str, places: list[str]) -> None:
    """The id of the note, and at its end a link back to each of its marks."""
    item.attrib.clear()
    item.set("id", id)
    _without_boxes(item)
    end = _last_paragraph(item)
    for place in places:
        _space_after(end)
        etree.SubElement(end, "a", href=f"#{place}").text = _BACK


def _without_boxes(item: etree._Element) -> None:
    """Boxes in a note lay it out, and say nothing."""
    for _ in range(_BOXES):
        boxes = [child for child in item if child.tag in ("div", "section", "aside")]
        if not boxes:
            return
        for box in boxes:
            if not any(child.tag in BLOCKS for child in box) and len(item) > 1:
                box.tag = "p"
                box.attrib.clear()
            else:
                tree.unwrap(box)


def _last_paragraph(item: etree._Element) -> etree._Element:
    if not any(child.tag in BLOCKS for child in item):
        return item
    last = item[-1]
    if last.tag == "p" and not (last.tail or "").strip():
        last.tail = None
        return last
    return etree.SubElement(item, "p")


def _space_after(end: etree._Element) -> None:
    last = next(end.iterchildren(reversed=True), None)
    if last is not None:
        if last.tag == "br" and not (last.tail or "").strip():
            tree.remove(last)
            return _space_after(end)
        last.tail = (last.tail or "").rstrip() + " "
    elif (end.text or "").strip():
        end.text = (end.text or "").rstrip() + " "
    return None
