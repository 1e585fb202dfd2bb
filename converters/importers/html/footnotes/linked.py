"""Notes that are linked: a mark leads to the note, and the note leads back to its mark, or says that it is a note.

The forms differ in what carries the id (the item, a box, an empty anchor, the number of the note) and in where the
number stands. What they share is the pair of links, and the mark's number or sign; so that is what is looked for:

- A mark is a link to an anchor further down, with a number or a sign for its text.
- The note is the smallest box that begins with the anchor: an item, a row, a paragraph, or the box of several of them.
- It is certain where the note links back to its mark, or where both are named as footnotes.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple, cast
from urllib.parse import unquote

from lxml import etree

from converters.html import tree
from converters.html.elements import HEADINGS
from converters.importers.html.footnotes import lines
from converters.importers.html.footnotes.labels import without_labels
from converters.importers.html.footnotes.note import LEVELS, LISTED, MANY, Note, is_named, label_of, moved
from converters.importers.shared.elements import attribute, classes

_places = etree.XPath("descendant::*[@id] | descendant::a[@name]")
_ITEMS = frozenset({"li", "tr", "dd", "aside", lines.LINE})
_BOXES = frozenset({"p", "div", "blockquote", "section", "dt", "table", "td", "th", *_ITEMS})
_WHOLE = frozenset({"li", "tr", "dd", "aside", "div", "section", "blockquote", "table", lines.LINE})
"""With an id of their own they are the whole note."""
_GROUPS = frozenset({"div", "aside", "section", "li", "dd"})
_INLINE = frozenset({"a", "sup", "span", "small", "b", "i", "em", "strong", "cite", "label", "font"})
_IN_GROUPS = frozenset("p pre ul ol blockquote table figure dl div sup span a small b strong i em br".split())
_BACKS = frozenset(
    "footnote-back reversefootnote footnote-backref footnote-back-link fn-backref footnote-to-top "
    "data-footnote-backref easy-footnote-to-top footnote-return footnotebacklink".split()
)
_MOST_IN_A_NOTE = 300
"""Elements of a note in several paragraphs."""
_AROUND = "[]() \t\r\n\xa0"


class _Link(NamedTuple):
    """A link to an anchor of the page."""

    element: etree._Element
    target: etree._Element
    fragment: str
    label: str


def find(root: etree._Element) -> list[Note]:
    """The notes of a text, out of their places: their marks are still in the text."""
    links = list(_links(root))
    if not links:
        return []
    targets = {link.target for link in links if link.label}
    lines.box_lines(root, targets)
    order = _order(root, links)
    boxes: dict[etree._Element, list[_Link]] = {}
    for link in links:
        if link.label and order[link.element] < order[link.target]:
            box = _box(link.target, root, targets)
            if box is not None:
                boxes.setdefault(box, []).append(link)
    marks = {link.element for found in boxes.values() for link in found}
    candidates = _disjoint(boxes)
    inside = {element for box in candidates for element in box.iter("a")} & marks
    notes: list[tuple[etree._Element, list[_Link], list[etree._Element]]] = []
    for box in candidates:
        found = [link for link in boxes[box] if link.element not in inside]
        if found and next(box.iter(*HEADINGS), None) is None:
            backs = _backs(box, found)
            if _is_certain(box, found, backs):
                notes.append((box, found, backs))
    notes = _in_their_order(notes, order)
    return [_note(box, found, backs) for box, found, backs in notes]


def _links(root: etree._Element) -> Iterator[_Link]:
    """Links of the text to its own anchors. The page that they name may be the address that it was saved from."""
    anchors = [link for link in root.iter("a") if "#" in attribute(link, "href")[:-1]]
    if not anchors:
        return
    targets: dict[str, etree._Element] = {}
    for element in cast(list[etree._Element], _places(root)):
        for name in ("id", "name") if element.tag == "a" else ("id",):
            if element.get(name):
                targets.setdefault(attribute(element, name), element)
    pages = {attribute(link, "href").partition("#")[0] for link in anchors} if targets else set()
    only = pages.pop() if len(pages) == 1 else ""
    for link in anchors[: MANY * 4]:
        page, _, fragment = attribute(link, "href").partition("#")
        target = targets.get(fragment)
        target = targets.get(fragment := unquote(fragment)) if target is None else target
        if target is not None and target is not link and (page in ("", only) or is_named(link) or is_named(target)):
            yield _Link(link, target, fragment, label_of(link))


def _order(root: etree._Element, links: list[_Link]) -> dict[etree._Element, int]:
    wanted = {element for link in links for element in (link.element, link.target)}
    return {element: number for number, element in enumerate(root.iter("*")) if element in wanted}


def _box(target: etree._Element, root: etree._Element, targets: set[etree._Element]) -> etree._Element | None:
    """The smallest box that begins with the target and is a note of its own."""
    box = target
    for _ in range(LEVELS):
        if box is root or box.tag in HEADINGS:
            return None
        if box.tag in _BOXES:
            break
        above = box.getparent()
        if above is None or (above.tag not in _BOXES and above.tag not in _INLINE):
            return None
        box = above
    else:
        return None
    whole = (box is target and box.tag in _WHOLE) or box.tag == lines.LINE
    for above in islice(box.iterancestors(), 4):
        if above is root or not _begins_with(above, box):
            break
        if whole and above.tag not in ("li", "dd", "tr"):
            break
        if above.tag in _ITEMS or (above.tag in _GROUPS and _is_group(above, target, targets)):
            box = above
        elif above.tag not in ("p", "div", "td", "th"):
            break
    return box


def _begins_with(box: etree._Element, inner: etree._Element) -> bool:
    return not (box.text or "").strip() and next(iter(box), None) is inner


def _is_group(box: etree._Element, target: etree._Element, targets: set[etree._Element]) -> bool:
    """Is this the box of one note, by its name and by what it holds?"""
    if not is_named(box) and box.get("style") != "mso-element:footnote":
        return False
    inside = list(islice(box.iterdescendants("*"), _MOST_IN_A_NOTE + 1))
    if len(inside) > _MOST_IN_A_NOTE or any(one in targets and one is not target for one in inside):
        return False
    return all(child.tag in _IN_GROUPS for child in box)


def _disjoint(boxes: dict[etree._Element, list[_Link]]) -> list[etree._Element]:
    """The boxes that hold no other one, and not too many of them."""
    holding = {above for box in boxes for above in islice(box.iterancestors(), LEVELS) if above in boxes}
    return [box for box in boxes if box not in holding][:MANY]


def _backs(box: etree._Element, found: list[_Link]) -> list[etree._Element]:
    """The links of a note back to its marks."""
    places = {place for link in found for place in _near(link.element)} - {""}
    return [link for link in box.iter("a") if _leads_to(link, places) or _says_back(link)]


def _leads_to(link: etree._Element, places: set[str]) -> bool:
    fragment = attribute(link, "href").partition("#")[2]
    return fragment in places or unquote(fragment) in places


def _says_back(link: etree._Element) -> bool:
    if link.get("data-footnote-backref") is not None or link.get("role") == "doc-backlink":
        return True
    return not _BACKS.isdisjoint(classes(link))


def _near(mark: etree._Element) -> list[str]:
    """Ids at a mark: its own and those inside, of what is around it and of what is empty right before it."""
    found = [mark, *islice(mark.iterdescendants("*"), 8)]
    element = mark
    for _ in range(4):
        before, above = element.getprevious(), element.getparent()
        if before is not None and tree.name(before) in ("a", "span", "sup") and not tree.plain_text(before).strip():
            found.append(before)
        if above is None or above.tag not in (*_INLINE, "p"):
            break
        found.append(above)
        element = above
    return [attribute(one, name) for one in found for name in ("id", "name") if one.get(name)]


def _is_certain(box: etree._Element, found: list[_Link], backs: list[etree._Element]) -> bool:
    first = found[0]
    above = first.element.getparent()
    raised = above is not None and (above.tag == "sup" or next(first.element.iter("sup"), None) is not None)
    named = is_named(first.element) or (above is not None and is_named(above))
    if backs:
        return raised or named or not first.label.isalpha()
    if box.tag == lines.LINE and label_of(first.target) == first.label and first.label.isdecimal():
        return True  # the same number at the beginning of a line
    noted = is_named(box) or is_named(first.target) or _is_in_notes(box)
    return noted and (named or (raised and not first.label.isalpha())) and not LISTED.search(first.fragment)


def _is_in_notes(box: etree._Element) -> bool:
    return any(is_named(above) for above in islice(box.iterancestors(), 3))


_Found = list[tuple[etree._Element, list[_Link], list[etree._Element]]]


def _in_their_order(notes: _Found, order: dict[etree._Element, int]) -> _Found:
    """Without the lists of sources that are sorted in another way than their marks: those numbers are theirs."""
    kept: _Found = []
    groups: dict[etree._Element | None, _Found] = {}
    for note in notes:
        groups.setdefault(note[0].getparent(), []).append(note)
    for above, group in groups.items():
        group.sort(key=lambda note: order[note[1][0].target])
        firsts = [min(order[link.element] for link in found) for _, found, _ in group]
        named = "" if above is None else attribute(above, "class")
        listed = LISTED.search(f"{group[0][1][0].fragment} {named}")
        if not listed or firsts == sorted(firsts):
            kept += group
    return kept


def _note(box: etree._Element, found: list[_Link], backs: list[etree._Element]) -> Note:
    """The note out of its box, which is empty then."""
    item = etree.Element("li")
    whole = box
    if box.tag == "dt":
        whole = _definition(box, item)
    elif box.tag in ("tr", "table"):
        _row(box, item)
    else:
        moved(item, box)
    without_labels(item, found[0].label, backs, listed=box.tag == "li")
    note = Note(item, id=found[0].fragment, box=whole)
    for link in found:
        mark = _whole(link.element)
        places = _near(link.element)
        note.marks.append(mark)
        inner = {attribute(one, name) for one in mark.iter("*") for name in ("id", "name")}
        before = mark.getprevious()
        if before is not None and not tree.plain_text(before).strip() and before.tag in ("a", "span"):
            inner |= {attribute(before, "id"), attribute(before, "name")}
        note.places.append(next((place for place in places if place in inner), ""))
    return note


def _definition(term: etree._Element, item: etree._Element) -> etree._Element:
    """A term and what is said of it; both in the box that is taken out."""
    parent, after = term.getparent(), term.getnext()
    box = etree.Element("div")
    if parent is None:
        return box
    tree.replace(term, box)
    moved(item, term)
    if after is not None and after.tag == "dd":
        moved(item, after)
        tree.remove(after)
    return box


def _row(row: etree._Element, item: etree._Element) -> None:
    """The cells of a row: the last one says something, those before it hold the label."""
    for cell in list(row.iter("td", "th")):
        after = cell.getnext()
        if after is not None and after.tag in ("td", "th"):
            etree.SubElement(item, "span").extend([child for child in cell if child.tag == "a"])
        else:
            moved(item, cell)


def _whole(link: etree._Element) -> etree._Element:
    """The mark with all that is drawn around its number alone: `<sup>[<a>1</a>]</sup>`."""
    mark = link
    words = tree.plain_text(link).strip(_AROUND)
    for above in islice(link.iterancestors(), 6):
        if above.tag not in ("sup", "span", "small", "cite", "b", "strong", "em", "i", "font", "label"):
            break
        if tree.plain_text(above).strip(_AROUND) != words:
            break
        mark = above
    return mark
