"""Notes stay where their marks do: a list of notes behind a text has the words of a list of links, and is judged so.

<p>Words<sup><a href="#fn1">1</a></sup> …  <div class="footnotes"><ol><li id="fn1">…
<p>Words<a href="#_ftn1">[1]</a> …          <div id="ftn1"><p><a name="_ftn1">[1]</a> …
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote

from converters.importers.html.main_text.blocks import Block, Blocks, Box

if TYPE_CHECKING:
    from turbohtml import Element, Text

_LABEL = re.compile(r"[\[(]?\s*(?:(?:n|nb|fn|note)[ .:]?)?\s*(?:\d{1,4}|[a-z*†‡§¶]{1,2})\s*[\])]?", re.I)
"""What a mark shows."""
_LEVELS = 4
_NOTES = frozenset({"li", "p", "div", "aside", "dd", "dt", "tr", "td", "section"})
_MOST, _MOST_OF_A_BOX = 60, 8
"""Blocks of a note; of one that is a box, which may be a chapter as well."""
_BOXES = frozenset({"div", "section"})
_OF_A_LIST = 0.5
"""The share of notes in a list from which on all of it is of them."""


def with_notes(page: Blocks, kept: list[bool]) -> None:
    """Keep, in place, the blocks of notes that marks in the kept blocks lead to. A note stands behind its mark."""
    wanted: dict[str, int] = {}
    for number, block in enumerate(page.blocks):
        if kept[number]:
            for fragment in _marks(block):
                wanted.setdefault(fragment, number)
    if not wanted:
        return
    lists: dict[int, list[int]] = {}
    for box in page.boxes:
        most = _MOST_OF_A_BOX if box.tag in _BOXES else _MOST
        if box.tag not in _NOTES or not 0 < box.last - box.first <= most or all(kept[box.first : box.last]):
            continue
        names = [str(box.element.attr("id") or ""), *_anchors(page.blocks[box.first], box)]
        if any(name and wanted.get(name, box.first) < box.first for name in names):
            kept[box.first : box.last] = [True] * (box.last - box.first)
            lists.setdefault(box.parent, []).append(box.number)
    for number, notes in lists.items():
        above = page.boxes[number]
        words = sum(page.boxes[note].words for note in notes)
        if above.tag in ("ol", "ul", "dl", "tbody", "table") and words >= _OF_A_LIST * above.words:
            kept[above.first : above.last] = [True] * (above.last - above.first)


def _marks(block: Block) -> Iterator[str]:
    """The fragments that short links of a block lead to."""
    if not block.link_count:
        return
    for node in block.nodes:
        if len(node.data) > 12 or not _LABEL.fullmatch(node.data.strip()):
            continue
        for element in _around(node):
            href = str(element.attr("href") or "") if element.tag == "a" else ""
            if "#" in href:
                yield unquote(href.partition("#")[2])
                break


def _anchors(block: Block, box: Box) -> Iterator[str]:
    """Ids and names of what the first words of a block stand in, within its box."""
    for node in block.nodes[:2]:
        for element in _around(node):
            if element == box.element:
                break
            yield from (str(element.attr("id") or ""), str(element.attr("name") or "") if element.tag == "a" else "")


def _around(node: Text) -> Iterator[Element]:
    """The elements around a text, inner ones first."""
    from turbohtml import Element as Tag

    for above in islice(node.ancestors, _LEVELS):
        if isinstance(above, Tag):
            yield above
