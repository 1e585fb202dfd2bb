"""A note of a page, and the words that marks, labels and names of notes have."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from converters.html import tree
from converters.importers.shared.elements import attribute

MARK = re.compile(
    r"[\[(]?\s*(?:(?:note|footnote|fn|nb|n|lower-alpha)\.?\s*)?(\d{1,4}|[*∗†‡§¶‖#]{1,4}|[a-z]|[ivxl]{1,7})(?::\d+)?\s*[\])]?[.:]?",
    re.I,
)
"""What a mark shows, and the label of its note."""
NAMED = re.compile(
    r"foot-?_?note|end-?_?note|side-?_?note|(?:^|[\s_#-])(?:fn|fnref|ftnt?|ftnt?_?ref|noteref|footref|footdef|cite_note"
    r"|cite_ref|sdfootnote\w*|sdendnote\w*|doc-noteref)(?=$|[\s\d:._-])|(?:^|[\s#]|\d)note-?\d",
    re.I,
)
"""In a class, an id, a role or an address of something that belongs to a note."""
LISTED = re.compile(r"cite|reference|bib|(?:^|\W)(?:ref|b)[-_.]?\d", re.I)
"""Names of sources that may be sorted in another order than that of their marks."""
_NAMES = ("class", "id", "name", "role", "rel", "epub:type", "type")
MANY = 2_000
"""Notes of one text that are looked at."""
LEVELS = 64
"""Ancestors that are looked at: a page of strangers may be of any depth."""


@dataclass(eq=False)
class Note:
    """A note: what it says, and its marks in the text."""

    item: etree._Element
    """What it says, as an `li` that is in no tree, without label and links back."""
    marks: list[etree._Element] = field(default_factory=list)
    """The elements in the text that are replaced, each with all that was drawn around its number."""
    id: str = ""
    """The one that it had; empty for none."""
    places: list[str] = field(default_factory=list)
    """The id of each mark; empty ones are made."""
    box: etree._Element | None = None
    """What held it on the page, where that was not the place of its mark; empty by now."""


def is_named(element: etree._Element) -> bool:
    """Does the element say that it belongs to a note?"""
    if element.get("data-footnote-ref") is not None or element.get("data-fn") is not None:
        return True
    return any(NAMED.search(attribute(element, name)) for name in _NAMES)


def label_of(element: etree._Element) -> str:
    """The number or sign of a mark; empty for what is none."""
    shown = tree.plain_text(element).strip()
    found = MARK.fullmatch(shown) if len(shown) < 40 else None
    return found[1] if found else ""


def moved(item: etree._Element, source: etree._Element) -> None:
    """Move what is in `source` to the end of `item`."""
    text, source.text = source.text, None
    if text:
        if len(item):
            item[-1].tail = (item[-1].tail or "") + text
        else:
            item.text = (item.text or "") + text
    item.extend(list(source))
