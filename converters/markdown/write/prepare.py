"""What is done to a tree before Markdown is written of it."""

from __future__ import annotations

from lxml import etree

from converters.html import tree
from converters.html.elements import BLOCKS, HEADINGS
from converters.markdown.write import tables
from converters.model.notices import Log

_WITH_FORM = ("table", "pre", "blockquote")
"""Blocks that keep their Markdown form without the figure around them."""
_SPLIT = frozenset(
    "a b strong i em s strike del ins u span font small big tt code kbd samp var sub sup mark label cite q abbr".split()
)
"""Inline elements that may be there several times."""
_OPENED = frozenset(
    (*HEADINGS, *"p div blockquote section article header footer ul ol dl li dd dt center address".split())
)
"""Blocks that a copy comes to be inside of."""
_ALIKE, _DEEP = 2, 32
"""How many elements around blocks may be in each other: alike ones, and any. Each block gets copies of all."""


def split_inlines(root: etree._Element, log: Log | None = None) -> None:
    """Split inline elements around blocks (`<a><p>…</p></a>`) over them, so that no illegal Markdown can come out.

    Their tags move inside the blocks they straddle; others are left to be raw HTML.
    """
    waiting = _waiting(root)
    if waiting and _thin_out(root, log):
        waiting = _waiting(root)
    _split(waiting)


def split_links(root: etree._Element) -> None:
    """Split links around figures, of which targets make forms of their own before all else is split."""
    _split([link for link in root.iter("a") if len(link) and next(link.iter("figure"), None) is not None])


def _split(waiting: list[etree._Element]) -> None:
    while waiting:
        element = waiting.pop()
        if element.getparent() is not None and _straddles(element):
            waiting.extend(_split_one(element))


def _waiting(root: etree._Element) -> list[etree._Element]:
    return [element for element in root.iter(*_SPLIT) if len(element) and _straddles(element)]


def _thin_out(root: etree._Element, log: Log | None) -> bool:
    """Unwrap what is around blocks too often: a `<b>` that is never closed, a hundred times, is one."""
    around: list[tuple[etree._Element, object]] = []
    holds_block = [False]
    needless: list[etree._Element] = []
    for event, element in etree.iterwalk(root, events=("start", "end"), tag="*"):
        if event == "start":
            holds_block.append(tree.is_block(element))
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
    """Whether an element around it is neither a block nor split over blocks: then its text is inside a line."""
    return any(tree.name(above) not in BLOCKS and tree.name(above) not in _SPLIT for above in element.iterancestors())


def _straddles(element: etree._Element) -> bool:
    if tree.name(element) not in _SPLIT or holds_only_blocks(element):
        return False
    return any(tree.is_block(child) for child in element)


def holds_only_blocks(element: etree._Element) -> bool:
    """Whether this is an insertion or a deletion of whole blocks, which can stay around them."""
    if tree.name(element) not in ("ins", "del") or (element.text or "").strip() or not len(element):
        return False
    return all(tree.name(child) in BLOCKS and not (child.tail or "").strip() for child in element)


def _split_one(element: etree._Element) -> list[etree._Element]:
    """The element's children in its place, runs of phrases in copies of it; returns what may straddle now."""
    made: list[etree._Element] = []
    wrapped: list[etree._Element] = []
    run = _copy(element, element.text)
    for child in list(element):
        if not tree.is_block(child):
            run.append(child)
            continue
        tail, child.tail = child.tail, None
        made += [run, child] if len(run) or run.text else [child]
        if child.tag in _OPENED:
            wrapper = _copy(element, None)
            wrapper.text, child.text = child.text, None
            wrapper.extend(list(child))
            child.append(wrapper)
            wrapped.append(wrapper)
        elif element.tag == "a":
            _link_parts(child, element)
        run = _copy(element, tail)
    made += [run] if len(run) or run.text else []
    parent = element.getparent()
    tree.replace(element, *made)
    return wrapped if parent is None else [*wrapped, parent]


def _link_parts(block: etree._Element, link: etree._Element) -> None:
    """A link around a figure or a table, whose tags cannot be inside of one, leads on from its images and caption."""
    for part in list(block.iter("img", "figcaption")):
        if any(above is not link for above in part.iterancestors("a")):
            continue
        copy = _copy(link, None)
        if part.tag == "img":
            tree.replace(part, copy)
            copy.append(part)
        elif next(part.iter("a"), None) is None:
            copy.text, part.text = part.text, None
            copy.extend(list(part))
            part.append(copy)


def _copy(element: etree._Element, text: str | None) -> etree._Element:
    """An empty copy around the text, unless that is white space."""
    new = etree.Element(tree.name(element))
    new.attrib.update(element.attrib)
    new.text = text if text and text.strip() else None
    return new


def unwrap_nested_pre(root: etree._Element) -> None:
    """A `pre` in a `pre` adds nothing, and HTML in Markdown ends at the first `</pre>`."""
    for inner in list(root.iter("pre")):
        if inner is not root and next(inner.iterancestors("pre"), None) is not None:
            inner.text = "\n" + (inner.text or "")
            tree.unwrap(inner)


def without_figure(element: etree._Element) -> bool:
    """Write a figure without its tag where Markdown can; False, and nothing changed, where it cannot.

    An image alone is a paragraph. Tables, code and quotations keep their own form, a caption becomes a paragraph.
    """
    caption = element.find("figcaption")
    table = element.find(".//table")
    if table is not None and caption is not None and tables.rows_of(table) is None:
        return False  # it is HTML anyhow, and its caption stays its caption
    if any(element.find(f".//{tag}") is not None for tag in _WITH_FORM):
        if caption is not None:
            caption.tag = "p"
        tree.unwrap(element)
        return True
    plays = next(element.iter("audio", "video", "iframe"), None) is not None
    if caption is None and not element.get("class") and not plays and element.find(".//img") is not None:
        element.tag = "p"
        element.attrib.clear()
        return True
    return False
