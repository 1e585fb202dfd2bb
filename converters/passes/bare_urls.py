"""URLs of the old site in plain text, for a new site below another path (`--base-path`).

Generators make links of them (Goldmark's linkify extension), which would lead to where nothing is any more: so they are
links to the new place, and their text stays as it was.
"""

from __future__ import annotations

import re

from lxml import etree

from converters import urls
from converters.html import tree
from converters.passes.base import Work

_URL = re.compile(r"https?://[^\s<>\"']*[^\s<>\"'.,;:!?)\]]")
_NO_TEXT = frozenset(("a", "code", "kbd", "pre", "samp", "script", "style", "textarea", tree.RAW))
"""Elements in which a URL is no link, or is one already."""


def link(work: Work) -> None:
    """A link around each URL of the site that has moved."""
    host = urls.host_of(work.site.lookup.site.base_url)
    for text in work.texts if host else ():
        if text.is_body or "://" in text.text:
            for element in list(_elements(text.root)):
                _in_element(element, host, work)


def _elements(root: etree._Element) -> list[etree._Element]:
    found: list[etree._Element] = []
    todo = [root]
    while todo:
        element = todo.pop()
        if element.tag not in _NO_TEXT and not tree.is_comment(element):
            found.append(element)
            todo.extend(element)
    return found


def _in_element(element: etree._Element, host: str, work: Work) -> None:
    before = element.text
    if before and "://" in before:
        element.text, links = _parts(before, host, work)
        for position, each in enumerate(links):
            element.insert(position, each)
    for child in list(element):
        if child.tail and "://" in child.tail:
            child.tail, links = _parts(child.tail, host, work)
            for position, each in enumerate(links, element.index(child) + 1):
                element.insert(position, each)


def _parts(text: str, host: str, work: Work) -> tuple[str, list[etree._Element]]:
    """The text before the first link, and the links with the texts behind them."""
    first, links, end = "", list[etree._Element](), 0
    for found in _URL.finditer(text):
        new = work.site.references.new_place(found[0], work.log) if urls.own(found[0], host) is not None else None
        if new is None:
            continue
        between = text[end : found.start()]
        if links:
            links[-1].tail = between
        else:
            first = between
        links.append(etree.Element("a", href=new))
        links[-1].text, end = found[0], found.end()
    if links:
        links[-1].tail = text[end:]
    return (first if links else text), links
