"""Footnotes of the semantic HTML as footnotes of Markdown: `[^1]` in the text, `[^1]: The note.` at its end.

Goldmark, kramdown and GitHub's Markdown know them (https://michelf.ca/projects/php-markdown/extra/#footnotes). All show
the notes at the end of the page, numbered in the order of their first marks, each with a link back for every mark. So a
list of notes is written that way where that changes nothing that a reader sees: it is the last thing of the text, every
note has a mark with its number and a link back, marks are in Markdown that stays Markdown, and notes are paragraphs.
Any other list stays as it is, marks and all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from lxml import etree

from converters.exporters.site.boxes import holds_blocks
from converters.html import tree
from converters.html.elements import BLOCKS, HEADINGS
from converters.markdown.write.lists import is_plain

_AROUND_MARKS = frozenset((*HEADINGS, *"p li blockquote strong b em i del s".split()))
"""Between whose tags a mark is read as one, in each of the dialects; lists and boxes may be, too."""
_IN_NOTES = frozenset("p ul ol li blockquote pre".split())
_BOXES = frozenset({"div", "section"})
_NUMBER = re.compile(r"[\[(]?(\d{1,4})[\])]?")
_SPACE = " \t\r\n\u00a0"
_STARTS_MORE = ("(", "[", ":")
"""Behind a mark these would make a link or a definition of it."""
_MANY = 2_000


def take(root: etree._Element) -> Sequence[etree._Element]:
    """Put marks of Markdown into the text, and take the notes out of it: in order, without their links back."""
    notes = _last(root)
    if notes is None:
        return ()
    marks = _marks_of(root, notes)
    if marks is None:
        return ()
    for number, found in enumerate(marks, 1):
        for mark in found:
            _replace(mark, number)
    items = list(notes)
    box = notes
    while (above := box.getparent()) is not None and above is not root and len(above) == 1:
        box = above
    tree.remove(box)
    return items


def definitions(notes: Sequence[etree._Element], render: Callable[[etree._Element], str]) -> str:
    """The notes as Markdown; `render` writes one."""
    return "\n\n".join(
        f"[^{number}]: " + render(note).strip().replace("\n", "\n    ").replace("\n    \n", "\n\n")
        for number, note in enumerate(notes, 1)
    )


def _last(root: etree._Element) -> etree._Element | None:
    """The list that ends the text, in boxes that hold nothing else or in none."""
    box = root
    while len(box):
        last = box[-1]
        if (last.tail or "").strip(_SPACE):
            return None
        if last.tag == "ol":
            return last if is_plain(last) and len(last) <= _MANY and str(last.get("start") or "1") == "1" else None
        if last.tag not in _BOXES:
            return None
        box = last
    return None


def _marks_of(root: etree._Element, notes: etree._Element) -> list[list[etree._Element]] | None:
    """The marks of each note; None where the notes are no notes, or no notes of Markdown. Links back are removed."""
    ids = {_id_of(note): number for number, note in enumerate(notes) if tree.name(note)}
    if len(ids) != len(notes) or "" in ids:
        return None
    marks: list[list[etree._Element]] = [[] for _ in notes]
    order: list[int] = []
    for link in root.iter("a"):
        number = ids.get(str(link.get("href") or "")[1:], -1) if str(link.get("href") or "")[:1] == "#" else -1
        if number < 0:
            continue
        mark = _mark(link, number + 1)
        if mark is None or notes in mark.iterancestors("ol"):
            return None
        if not marks[number]:
            order.append(number)
        marks[number].append(mark)
    if order != list(range(len(notes))):
        return None
    backs = [_links_back(note, found) for note, found in zip(notes, marks, strict=True)]
    if not all(backs) or not all(_is_simple(note) for note in notes):
        return None
    for note, links in zip(notes, backs, strict=True):
        _without(note, links)
    return marks


def _id_of(note: etree._Element) -> str:
    """The id of a note, which may be on something empty at its beginning."""
    first = note[0] if len(note) and not (note.text or "").strip() else None
    if not note.get("id") and first is not None and not len(first) and not (first.text or "").strip():
        return str(first.get("id") or first.get("name") or "") if first.tag in ("a", "span") else ""
    return str(note.get("id") or "")


def _mark(link: etree._Element, number: int) -> etree._Element | None:
    """The whole mark that a link belongs to; None for a link that is none, or is where Markdown is not read."""
    shown = _NUMBER.fullmatch(tree.plain_text(link).strip())
    inner = [tree.name(one) for one in link.iterdescendants("*")]
    if shown is None or int(shown[1]) != number or inner not in ([], ["sup"]):
        return None
    mark = link
    while (above := mark.getparent()) is not None and above.tag in ("sup", "span"):
        around = (above.text or "").strip(), *((child.tail or "").strip() for child in above)
        if any(around) or any(child is not mark and len(tree.plain_text(child)) for child in above):
            break
        mark = above
    inside = all(_reads_marks(one) for one in mark.iterancestors() if one.getparent() is not None)
    return mark if inside else None


def _reads_marks(element: etree._Element) -> bool:
    """Is Markdown read between the tags of this element, or its tags written as Markdown?"""
    if element.tag in ("ul", "ol"):
        return is_plain(element)
    return element.tag in _AROUND_MARKS or (element.tag == "div" and holds_blocks(element))


def _links_back(note: etree._Element, marks: list[etree._Element]) -> list[etree._Element]:
    """The links at the end of a note that lead to its marks."""
    places: set[str] = set()
    for mark in marks:
        near = [*mark.iter("*"), *([before] if (before := mark.getprevious()) is not None else [])]
        places.update(str(one.get("id") or one.get("name") or "") for one in near)
    found = [
        link
        for link in note.iter("a")
        if (href := str(link.get("href") or ""))[:1] == "#" and href[1:] in places - {""}
    ]
    words = "".join(tree.plain_text(link) for link in found)
    return found if not any(sign.isalpha() for sign in words) and _end(note, found) else []


def _end(note: etree._Element, links: list[etree._Element]) -> bool:
    """Does nothing follow the first of the links but the others?"""
    if not links:
        return False
    seen = False
    for event, element in etree.iterwalk(note, events=("start", "end")):
        if event == "start" and element is links[0]:
            seen = True
        if not seen or element is note:
            continue
        if (
            event == "start"
            and tree.name(element)
            and not any(one in links for one in (element, *element.iterancestors()))
        ) and element.tag not in ("sup", "span"):
            return False
        if event == "end" and (element.tail or "").strip(_SPACE):
            return False
    return True


def _is_simple(note: etree._Element) -> bool:
    """Phrases, or blocks of which the first one is a paragraph."""
    blocks = [tree.name(one) for one in note.iter("*") if one is not note and one.tag in BLOCKS]
    first = note[0] if len(note) else None
    flat = not blocks or (first is not None and first.tag == "p" and not (note.text or "").strip())
    own = all(not (child.tail or "").strip() for child in note) if blocks else True
    return flat and own and _IN_NOTES.issuperset(blocks) and all(is_plain(one) for one in note.iter("ul", "ol"))


def _without(note: etree._Element, links: list[etree._Element]) -> None:
    for link in links:
        while (above := link.getparent()) is not None and above.tag in ("sup", "span") and len(above) == 1:
            link = above
        tree.remove(link)
    if len(note) and not len(note[-1]) and note[-1].tag == "p" and not (note[-1].text or "").strip(_SPACE):
        tree.remove(note[-1])  # held nothing but the link


def _replace(mark: etree._Element, number: int) -> None:
    """`[^1]` in the place of a mark, safe from what is around it."""
    text, tail = f"[^{number}]", mark.tail or ""
    before, above = mark.getprevious(), mark.getparent()
    if above is None:
        return
    if (
        before is not None
        and before.tag == "span"
        and not len(before)
        and not (before.text or before.tail or "").strip()
    ):
        tree.remove(before)  # the place that a link back led to
        before = mark.getprevious()
    written = (above.text if before is None else before.tail) or ""
    if written.endswith("!"):  # `![` begins an image
        text = f"\\!{text}"
        if before is None:
            above.text = written[:-1]
        else:
            before.tail = written[:-1]
    if tail.startswith(_STARTS_MORE):
        text, mark.tail = f"{text}&#{ord(tail[0])};", tail[1:]
    tree.replace(mark, tree.raw(text, display="inline"))
