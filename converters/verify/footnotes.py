"""Footnotes in a reader's eyes: which note a mark leads to, whatever its id is; links back are no text.

A target may have footnotes of its own, with ids and arrows of its own.
"""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from converters.html import tree


class Footnotes(NamedTuple):
    """Of one text."""

    names: dict[str, str]
    """id of a note -> its number in its list; id of a mark -> nothing"""
    backs: frozenset[etree._Element]
    """Links from notes back to their marks."""


NONE = Footnotes({}, frozenset())


def find(root: etree._Element) -> Footnotes:
    """A note is an item of a numbered list that a link leads to and that leads back there."""
    marks: dict[str, list[etree._Element]] = {}
    for link in root.iter("a"):
        href = str(link.get("href") or "")
        if href[:1] == "#" and len(href) > 1:
            marks.setdefault(href[1:], []).append(link)
    names: dict[str, str] = {}
    backs: list[etree._Element] = []
    for numbered in root.iter("ol") if marks else ():
        for number, item in enumerate((child for child in numbered if child.tag == "li"), 1):
            found = marks.get(id := _id_of(item), [])
            places = {place for mark in found for place in _places(mark)}
            back = [link for link in item.iter("a") if str(link.get("href") or "#")[1:] in places] if places else []
            if back:
                names |= dict.fromkeys(places, "") | {id: f"note {number}"}
                backs += back
    return Footnotes(names, frozenset(backs)) if backs else NONE


def _id_of(item: etree._Element) -> str:
    """The id of the item, or of something empty at its beginning."""
    first = item[0] if len(item) and not (item.text or "").strip() else None
    own = str(item.get("id") or "")
    while not own and first is not None:
        own = str(first.get("id") or first.get("name") or "")
        first = first[0] if len(first) and not (first.text or "").strip() else None
    return own


def _places(mark: etree._Element) -> set[str]:
    """Ids at a mark: its own, those of what is right around it or right before it."""
    near = [mark, *mark.iterdescendants("*")]
    above, before = mark.getparent(), mark.getprevious()
    if above is not None and above.tag in ("sup", "span"):
        near.append(above)
        before = before if before is not None else above.getprevious()
    if before is not None and tree.name(before):
        near.append(before)
    return {place for one in near for place in (str(one.get("id") or ""), str(one.get("name") or "")) if place}
