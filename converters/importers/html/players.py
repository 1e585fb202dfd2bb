"""Players of others, sounds and films on finished pages: the semantic embed for those, a figure for these."""

from __future__ import annotations

import json

from lxml import etree

from converters import providers, urls
from converters.html import tree

_FRAME = ("src", "width", "height", "title", "allow", "allowfullscreen")


def attributes_of_substack(root: etree._Element) -> None:
    """Boxes without a word whose address stands in `data-attrs` as JSON: players, posts, files."""
    for box in list(root.iter("div")):
        if (
            not box.get("data-attrs")
            or tree.plain_text(box).strip()
            or next(box.iter("img", "iframe"), None) is not None
        ):
            continue
        try:
            said = json.loads(str(box.get("data-attrs")))
        except ValueError:
            continue
        if not isinstance(said, dict):
            continue
        url = str(said.get("url") or said.get("src") or said.get("mediaUrl") or "")
        if not url and "youtube" in str(box.get("class")) and said.get("videoId"):
            url = f"https://www.youtube.com/watch?v={said['videoId']}"
        if urls.split(url) is not None and url.startswith("http"):
            words = str(said.get("full_text") or said.get("title") or "")
            tree.replace(box, embed(url, words))


def embed(url: str, words: str = "", shown: etree._Element | None = None) -> etree._Element:
    """The semantic embed of an address. `words`: of the card for it; `shown`: the frame that the page had for it."""
    url = "https:" + url if url.startswith("//") else url
    figure = etree.Element("figure", {"class": "embed"})
    found = providers.find(url)
    url = found.page or url
    said = {"data-provider": found.provider, "data-id": found.id, "data-start": str(found.start or "")}
    for name, value in {**said, "data-list": found.playlist}.items():
        if value:
            figure.set(name, value)
    figure.set("data-url", url)
    if shown is not None:  # what a reader saw; no address stood beside it
        figure.append(shown)
        return figure
    holder = figure
    if words:
        holder = etree.SubElement(etree.SubElement(figure, "blockquote"), "p")
    etree.SubElement(holder, "a", href=url).text = words or url
    return figure


def iframe(frame: etree._Element) -> None:
    url = str(frame.get("src") or "")
    if not url or url == "about:blank":
        tree.remove(frame)
        return
    parent = frame.getparent()
    if parent is not None and parent.tag == "figure" and "embed" in str(parent.get("class") or "").split():
        link = next((str(link.get("href")) for link in parent.iterchildren("a") if link.get("href")), "")
        parent.set("data-url", str(parent.get("data-url") or link or url))  # an embed already: its link says of what
        return
    bare = etree.Element("iframe", {name: str(frame.get(name)) for name in _FRAME if frame.get(name)})
    _put(frame, embed(url, shown=bare))


def _put(element: etree._Element, new: etree._Element) -> None:
    """In the place of the element, or of the boxes that hold nothing else: those kept its ratio."""
    while (parent := element.getparent()) is not None and parent.getparent() is not None:
        if parent.tag not in ("div", "p", "figure", "span") or len(parent) != 1:
            break
        if (parent.text or "").strip() or (element.tail or "").strip():
            break
        element = parent
    parent = element.getparent()
    if parent is not None and parent.tag == "figure" and new.tag == "figure":  # its caption stays below it
        for caption in parent.findall("figcaption"):
            new.append(caption)
        rest = [child for child in parent if child is not element]
        if not rest:
            element = parent
    tree.replace(element, new)


def media(player: etree._Element) -> None:
    parent = player.getparent()
    player.set("controls", "")
    if parent is not None and parent.tag != "figure" and not inside(player, "figure"):
        figure = etree.Element("figure")
        alone = parent.tag == "p" and len(parent) == 1 and not ((parent.text or "") + (player.tail or "")).strip()
        tree.replace(parent if alone else player, figure)
        figure.append(player)


def inside(element: etree._Element, *names: str) -> bool:
    return next(element.iterancestors(*names), None) is not None
