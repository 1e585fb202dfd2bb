"""What a reader sees right beside the title of a page: the lines in which names and dates stand, up to the first prose.

A line is the text of one block. Those behind the title are read until a block is a paragraph of prose; those before it
only within the box that holds both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, cast

from converters.importers.html.page import HtmlPage

if TYPE_CHECKING:
    from turbohtml import Element, Node

BLOCKS = frozenset(
    "address article aside blockquote body dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 "
    "h6 header hgroup li main nav ol p pre section summary table tbody td th thead tr ul".split()
)
_SKIPPED = frozenset("script style noscript template svg button select option textarea nav form title".split())
_OTHERS = re.compile(
    r"related|recommend|sidebar|teaser|popular|newsletter|subscri|(?:^|[\s_-])comment(?!s?[-_]?(?:count|link|num))",
    re.I,
)
"""Classes of boxes with what is of other pages."""
_BOXES = "article, main, [role=main], [class*=post], [class*=entry], [class*=article], [class*=blog], [class*=content]"
_PROSE = 220
"""Characters from which on a block is prose."""
_NODES = 1_500
_LINES = 30
_BEFORE = 8
_LATE = 6
_LEVELS, _AROUND = 24, 256


class Line(NamedTuple):
    text: str
    block: Element


class Beside(NamedTuple):
    before: tuple[Line, ...] = ()
    """Nearest to the title first."""
    after: tuple[Line, ...] = ()
    late: tuple[Line, ...] = ()
    """Short lines behind a first paragraph, which may be a summary."""
    around: frozenset[Element] = frozenset()
    """All that holds the title."""
    times: tuple[Element, ...] = ()
    """The `<time>` elements behind the title, nearest first."""

    def lines(self) -> Iterator[Line]:
        yield from self.after
        yield from self.before


def read(page: HtmlPage, heading: Element | None) -> Beside:
    """The lines beside a title; of a page without one, the first lines of its text."""
    if heading is None:
        box = page.one("article") or page.one("main")
        around = _around(box) | {box} if box is not None else frozenset()
        return _behind(list(islice(box.descendants, _NODES)), around) if box is not None else Beside()
    around = _around(heading)
    found = _behind(list(islice(heading.following, _NODES)), around)
    box = _box_of(heading)
    if box is None:
        return found
    before = islice(_lines(_within(box, heading.preceding), around, backwards=True), _BEFORE)
    return found._replace(before=tuple(line for line in before if len(line.text) < _PROSE))


def _around(element: Element) -> frozenset[Element]:
    from turbohtml import Element as Box

    return frozenset(above for above in islice(element.ancestors, _AROUND) if isinstance(above, Box))


def _behind(nodes: list[Node], around: frozenset[Element]) -> Beside:
    after: list[Line] = []
    late: list[Line] = []
    proses = 0
    for line in islice(_lines(nodes, around), _LINES):
        if len(line.text) >= _PROSE:
            proses += 1
            if proses > 1:
                break
        elif not proses:
            after.append(line)
        elif len(late) < _LATE:
            late.append(line)
    times = islice((node for node in nodes if getattr(node, "tag", "") == "time"), _BEFORE)
    return Beside(after=tuple(after), late=tuple(late), around=around, times=cast("tuple[Element, ...]", tuple(times)))


def _box_of(heading: Element) -> Element | None:
    """The box that holds a title and what stands before it; None where that is the whole page."""
    from turbohtml import Element as Box

    boxes = [above for above in islice(heading.ancestors, _LEVELS) if isinstance(above, Box)]
    boxes = [box for box in boxes if box.tag not in ("body", "html")]
    for number, box in enumerate(boxes):
        if box.tag in ("article", "main") or (number > 1 and box.matches(_BOXES)):
            return box
    return boxes[min(2, len(boxes) - 1)] if boxes else None


def _within(box: Element, nodes: Iterable[Node]) -> Iterator[Node]:
    """Nodes until one lies outside of the box; a node that is as deep as that tells it."""
    for node in islice(nodes, _NODES // 2):
        if not any(above == box for above in islice(node.ancestors, _LEVELS)):
            return
        yield node


def _lines(nodes: Iterable[Node], around: frozenset[Element], *, backwards: bool = False) -> Iterator[Line]:
    """The texts of nodes by the block each is in. `around`: what holds the title."""
    from turbohtml import Text

    parts: list[str] = []
    current: Element | None = None
    blocks: dict[Node | None, Element | None] = {}
    """Of the parents of texts."""
    for node in islice(nodes, _NODES):
        if not isinstance(node, Text) or not node.data.strip():
            continue
        parent = node.parent
        block = blocks[parent] = blocks[parent] if parent in blocks else _block_of(node, around)
        if block is None:
            continue
        if block != current and current is not None:
            yield _line(parts, current, backwards)
            parts = []
        current = block
        parts.append(node.data)
    if current is not None:
        yield _line(parts, current, backwards)


def _line(parts: list[str], block: Element, backwards: bool) -> Line:
    return Line(" ".join(" ".join(reversed(parts) if backwards else parts).split()), block)


def _block_of(node: Node, around: frozenset[Element]) -> Element | None:
    """The block that a text is in; None for one that no reader sees as a part of the page's text."""
    from turbohtml import Element as Box

    block: Element | None = None
    for above in islice(node.ancestors, _LEVELS):
        if not isinstance(above, Box):
            break
        if above.tag in _SKIPPED or (above not in around and _OTHERS.search(str(above.attr("class") or ""))):
            return None
        if block is None and above.tag in BLOCKS:
            block = above
    return block
