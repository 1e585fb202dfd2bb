"""An inline element around blocks (`<a><p>…</p></a>`) is split over them, so that no illegal Markdown can come out."""

from __future__ import annotations

from lxml import etree

from converters.html import tree
from converters.html.elements import BLOCKS
from converters.model.notices import Log

_SPLIT = frozenset(
    "a b strong i em s strike del ins u span font small big tt code kbd samp var sub sup mark label cite q abbr".split()
)
_OPENED = frozenset(
    "p div h1 h2 h3 h4 h5 h6 blockquote section article header footer ul ol dl li dd dt center address".split()
)


_ALIKE, _DEEP = 2, 32
"""How many elements around blocks may stand in each other: alike ones, and any. Each block gets copies of all."""


def split(root: etree._Element, log: Log | None = None) -> None:
    """Move the tags of straddling elements inside the blocks they straddle; others are left to be raw HTML."""
    waiting = _waiting(root)
    if waiting and _thin_out(root, log):
        waiting = _waiting(root)
    while waiting:
        element = waiting.pop()
        if element.getparent() is not None and _straddles(element):
            waiting.extend(_split_one(element))


def _waiting(root: etree._Element) -> list[etree._Element]:
    return [element for element in root.iter(*_SPLIT) if len(element) and _straddles(element)]


def _thin_out(root: etree._Element, log: Log | None) -> bool:
    """Unwrap what stands around blocks too often: a `<b>` that is never closed, a hundred times, is one."""
    around: list[tuple[etree._Element, object]] = []
    holds_block = [False]
    needless: list[etree._Element] = []
    for event, element in etree.iterwalk(root, events=("start", "end"), tag="*"):
        if event == "start":
            holds_block.append(_is_block(element))
            if element.tag in _SPLIT:
                around.append((element, (element.tag, *sorted(element.attrib.items()))))
            continue
        inside = holds_block.pop()
        holds_block[-1] = holds_block[-1] or inside
        if element.tag not in _SPLIT:
            continue
        key = around.pop()[1]
        if inside and (len(around) >= _DEEP or sum(other == key for _, other in around) >= _ALIKE):
            needless.append(element)
            if log is not None and len(around) >= _DEEP:
                log("html.depth", tree.name(element))
    tree.unwrap_all(root, needless)
    return bool(needless)


def stays_in_line(element: etree._Element) -> bool:
    """Is there an element around it that is neither a block nor split over blocks? Then its text is a line's."""
    return any(tree.name(above) not in BLOCKS and tree.name(above) not in _SPLIT for above in element.iterancestors())


def _straddles(element: etree._Element) -> bool:
    if tree.name(element) not in _SPLIT or holds_only_blocks(element):
        return False
    return any(_is_block(child) for child in element)


def _is_block(element: etree._Element) -> bool:
    return tree.name(element) in BLOCKS or (element.tag == tree.RAW and element.get("display") == "block")


def holds_only_blocks(element: etree._Element) -> bool:
    """Is this an insertion or a deletion of whole blocks? It can stay around them."""
    if tree.name(element) not in ("ins", "del") or (element.text or "").strip() or not len(element):
        return False
    return all(tree.name(child) in BLOCKS and not (child.tail or "").strip() for child in element)


def _split_one(element: etree._Element) -> list[etree._Element]:
    """The element's children in its place, runs of phrases in copies of it; returns what may straddle now."""
    pieces = _Pieces(element)
    pieces.text(element.text)
    for child in list(element):
        tail, child.tail = child.tail, None
        if _is_block(child):
            pieces.block(child)
        else:
            pieces.phrase(child)
        pieces.text(tail)
    parent = element.getparent()
    tree.replace(element, *pieces.made)
    return pieces.wrapped if parent is None else [*pieces.wrapped, parent]


class _Pieces:
    """What an element falls into: blocks, and copies of it around the phrases between them."""

    def __init__(self, element: etree._Element) -> None:
        self._element = element
        self._open: etree._Element | None = None
        self.made: list[etree._Element] = []
        self.wrapped: list[etree._Element] = []

    def _copy(self) -> etree._Element:
        new = etree.Element(tree.name(self._element))
        new.attrib.update(self._element.attrib)
        return new

    def _phrases(self) -> etree._Element:
        if self._open is None:
            self._open = self._copy()
            self.made.append(self._open)
        return self._open

    def text(self, text: str | None) -> None:
        if not text or (self._open is None and not text.strip()):
            return
        box = self._phrases()
        if len(box):
            box[-1].tail = (box[-1].tail or "") + text
        else:
            box.text = (box.text or "") + text

    def phrase(self, child: etree._Element) -> None:
        self._phrases().append(child)

    def block(self, child: etree._Element) -> None:
        self._open = None
        if tree.name(child) in _OPENED:
            self.wrapped.append(_wrap_inside(child, self._copy()))
        self.made.append(child)


def _wrap_inside(block: etree._Element, wrapper: etree._Element) -> etree._Element:
    wrapper.text, block.text = block.text, None
    wrapper.extend(list(block))
    block.append(wrapper)
    return wrapper
