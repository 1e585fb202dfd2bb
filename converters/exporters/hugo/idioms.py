"""Semantic HTML in Hugo's own terms: embeds as shortcodes, what Markdown cannot say as HTML, the summary's end.

Each function takes one kind of element and changes the tree in place. The shortcodes used need no network when the
site is built (https://gohugo.io/shortcodes/youtube/, https://gohugo.io/shortcodes/vimeo/).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from converters import tree
from converters.exporters.hugo.template_marks import OPENING
from converters.notices import Log

_VIDEO_ID = {"youtube": re.compile(r"[\w-]{6,20}"), "vimeo": re.compile(r"\d{4,15}")}
_BLANK_LINES = re.compile(r"\n[ \t]*(?=\n)")


def apply(root: etree._Element, log: Log) -> None:
    """All idioms, over the whole tree."""
    for element in list(root.iter()):
        if element.getparent() is None:
            continue
        if tree.is_comment(element):
            _comment(element)
        elif element.tag == "figure" and element.getparent() is not None:
            _figure(element, log)


def _comment(element: etree._Element) -> None:
    """`<!--more-->` ends the summary (https://gohugo.io/content-management/summaries/); others mean nothing."""
    if (element.text or "").strip() == "more":
        parent = element.getparent()
        if parent is not None and parent.tag == "div" and parent.getparent() is None:
            tree.replace(element, tree.raw("<!--more-->"))
            return
    tree.remove(element)


def _figure(element: etree._Element, log: Log) -> None:
    kinds = str(element.get("class") or "").split()
    make = next((_FIGURES[kind] for kind in kinds if kind in _FIGURES), _other)
    make(element, log)


def _embed(element: etree._Element, log: Log) -> None:
    provider, url = str(element.get("data-provider") or ""), str(element.get("data-url") or "")
    id = str(element.get("data-id") or "")
    if provider in _VIDEO_ID and _VIDEO_ID[provider].fullmatch(id):
        tree.replace(element, tree.raw(f"{OPENING}< {provider} {id} >}}}}"), *_below_player(element, url))
        return
    log("embed.card", url)
    _as_html(element)


def _below_player(element: etree._Element, url: str) -> list[etree._Element]:
    """The address, for readers whose feed reader or browser shows no player, and the caption."""
    address = etree.Element("p")
    link = etree.SubElement(address, "a", href=url)
    link.text = url
    caption = element.find("figcaption")
    if caption is None:
        return [address]
    caption.tag = "p"
    caption.tail = None
    return [address, caption]


def _gallery(element: etree._Element, log: Log) -> None:
    _as_html(element)


def _other(element: etree._Element, log: Log) -> None:
    """A picture without caption is Markdown; with one, and players and frames, HTML; a table keeps its Markdown."""
    caption = element.find("figcaption")
    table = element.find("table")
    if table is not None or element.find(".//pre") is not None or element.find(".//blockquote") is not None:
        if caption is not None:
            caption.tag = "p"
        tree.unwrap(element)
    elif caption is None and element.find(".//img") is not None and not _alignment(element):
        element.tag = "p"
        element.attrib.clear()
    else:
        _as_html(element)


def _alignment(element: etree._Element) -> bool:
    return "align" in str(element.get("class") or "")


def _as_html(element: etree._Element) -> None:
    """The element as one HTML block: without blank lines, which would end it in Markdown."""
    html = tree.serialize(element)
    tree.replace(element, tree.raw(_BLANK_LINES.sub("", html)))


_FIGURES: dict[str, Callable[[etree._Element, Log], None]] = {"embed": _embed, "gallery": _gallery}
