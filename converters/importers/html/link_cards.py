"""Cards of links: boxes with the title, the words and a picture of another page, which lead there.

<div class="tweet" data-attrs="{…}">, <div data-attrs="{…}"> without a word      Substack: posts, players, files
<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href>   Ghost
<blockquote class="wp-embedded-content">                                          is words with a link, and stays
"""

from __future__ import annotations

import json
from typing import Any, cast

from lxml import etree

from converters import urls
from converters.html import tree
from converters.importers.shared.elements import attribute, classes
from converters.importers.shared.embeds import embed_element

_with_data = etree.XPath("descendant::div[@data-attrs]")
_TWEETS = frozenset({"tweet"})
"""Boxes of Substack whose words are in their data, too: there without the numbers of likes."""


def find(root: etree._Element) -> None:
    """Change the tree in place: cards become embeds."""
    _substack(root)
    _ghost(root)


def _substack(root: etree._Element) -> None:
    """Boxes whose address is in `data-attrs` as JSON: players, posts, files; those without a word, and tweets."""
    for box in cast(list[etree._Element], _with_data(root)):
        said = _json(attribute(box, "data-attrs"))
        if not said or box.getparent() is None:
            continue
        shown = tree.plain_text(box).strip() or next(box.iter("img", "iframe"), None) is not None
        if shown and _TWEETS.isdisjoint(classes(box)):
            continue
        url = str(said.get("url") or said.get("src") or said.get("mediaUrl") or "")
        if not url and "youtube" in str(box.get("class")) and said.get("videoId"):
            url = f"https://www.youtube.com/watch?v={said['videoId']}"
        if urls.split(url) is not None and url.startswith("http"):
            words = str(said.get("full_text") or said.get("title") or "")
            by = str(said.get("name") or "") if said.get("full_text") else ""
            tree.replace(box, embed_element(url, f"{words} — {by}" if by else words))


def _json(text: str) -> dict[str, Any]:
    """The object in a text; empty where it holds none."""
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _ghost(root: etree._Element) -> None:
    """Bookmarks of Ghost (https://ghost.org/docs/themes/content/#bookmark-cards): the title is the link."""
    for figure in list(root.iter("figure")):
        link = next(figure.iterchildren("a"), None) if "kg-bookmark-card" in classes(figure) else None
        if link is None or not attribute(link, "href").startswith("http"):
            continue
        pieces = {kind: one for one in link.iterdescendants("*") for kind in classes(one)}
        title = _text(pieces.get("kg-bookmark-title"))
        card = embed_element(attribute(link, "href"), title or attribute(link, "href"))
        quotation = card[0]
        by = " · ".join(filter(None, map(_text, map(pieces.get, ("kg-bookmark-author", "kg-bookmark-publisher")))))
        for words in (_text(pieces.get("kg-bookmark-description")), by):
            if words:
                etree.SubElement(quotation, "p").text = words
        thumbnail = pieces.get("kg-bookmark-thumbnail")
        image = next(thumbnail.iter("img"), None) if thumbnail is not None else None
        if image is not None:
            image.tail = None
            etree.SubElement(quotation, "p").append(image)
        card.extend(figure.findall("figcaption"))
        tree.replace(figure, card)


def _text(element: etree._Element | None) -> str:
    return "" if element is None else " ".join(tree.plain_text(element).split())
