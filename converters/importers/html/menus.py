"""The menu at the head of a site, as its pages show it: the list of links in the first navigation outside the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from converters.html import tree
from converters.importers.html import chrome
from converters.importers.html.page import Page
from converters.model import Menu, MenuItem

if TYPE_CHECKING:
    from turbohtml import Element

_PLACES = ("body header nav", "nav[class*=menu], nav[id*=menu]", "nav[class*=main], nav[class*=primary]", "body nav")
_NO_MENUS = ("breadcrumb", "pager", "pagination", "social", "post-nav", "toc", "lang", "skip")
_TEXTS = "main, article, aside, footer"
_MANY = 200


def read(page: Page) -> Menu | None:
    """The menu of a page, its addresses as they stand there; None where it has none."""
    for place in _PLACES:
        for box in page.all(place)[:_MANY]:
            named = chrome.names(box).lower()
            if box.closest(_TEXTS) is not None or any(word in named for word in _NO_MENUS):
                continue
            if items := _items(box):
                return Menu("main", "main", tuple(items))
    return None


def _items(box: Element) -> list[MenuItem]:
    root = tree.parse(str(box.inner_html))
    ids: dict[etree._Element, str] = {}
    found = []
    for number, link in enumerate(list(root.iter("a"))[:_MANY]):
        href, words = str(link.get("href") or "").strip(), " ".join(tree.plain_text(link).split())
        if not href or not words or href.startswith(("#", "javascript:")):
            continue
        entry = next(link.iterancestors("li"), None)
        above = next((ids[up] for up in entry.iterancestors("li") if up in ids), "") if entry is not None else ""
        id = f"menu-{number + 1}"
        if entry is not None:
            ids.setdefault(entry, id)
        found.append(MenuItem(id, above, words, number + 1, "custom", address=href))
    return found
