"""Semantic HTML in Jekyll's terms: Jekyll has no shortcodes, so that figures, galleries and players are HTML in place.

Plain images are Markdown, tables and code with a caption are Markdown with a paragraph below. What was embedded from
another site is its player or card as HTML, drawn in the reader's browser, its URL a hidden link beside it, which the
feed shows; where there is no player, the URL is there as a link. Changes a tree in place.
"""

from __future__ import annotations

from urllib.parse import quote

from lxml import etree

from converters.exporters.jekyll.liquid import END_OF_EXCERPT
from converters.exporters.site import players
from converters.exporters.site.players import CARDS, GIST
from converters.html import tree
from converters.markdown.write.prepare import without_figure
from converters.model.notices import Log


def apply(root: etree._Element, log: Log) -> None:
    """All idioms, over the whole tree."""
    for element in list(root.iter()):
        if element.getparent() is None:
            continue
        if tree.is_comment(element):
            _comment(element, root)
        elif element.tag == "figure":
            _figure(element, log)


def _comment(element: etree._Element, root: etree._Element) -> None:
    if (element.text or "").strip() == "more" and element.getparent() is root:
        tree.replace(element, tree.raw(END_OF_EXCERPT))
    else:
        tree.remove(element)


def _figure(element: etree._Element, log: Log) -> None:
    kinds = str(element.get("class") or "").split()
    if "embed" in kinds:
        _embed(element, log)
    elif "gallery" not in kinds and not any(parent.tag == "figure" for parent in element.iterancestors()):
        without_figure(element)


def _embed(element: etree._Element, log: Log) -> None:
    """Put the player or card into the figure, before the caption. It stays a figure of HTML.

    The URL beside a player is there for feeds and for programs without frames; a reader does not see it.
    """
    provider, id = str(element.get("data-provider") or ""), str(element.get("data-id") or "")
    url = str(element.get("data-url") or "")
    frame, card = players.frame_url(element), CARDS.get(provider)
    if element.find(".//iframe") is not None:
        _hide_url(element)
    elif frame:
        _put(element, etree.Element("iframe", src=frame, title=provider, loading="lazy", allowfullscreen=""))
        _hide_url(element)
    elif card is not None and card[0].fullmatch(id):
        _card(element, card[1], card[2], url)
    elif provider == "gist" and GIST.fullmatch(id):
        _gist(element, id, str(element.get("data-file") or ""))
    else:
        log("embed.card", url)


def _put(element: etree._Element, new: etree._Element) -> None:
    """In front of all else in the figure."""
    new.tail, element.text = element.text, None
    element.insert(0, new)


def _hide_url(element: etree._Element) -> None:
    for link in element.iterchildren("a"):
        if players.is_bare_url(link):
            said = {str(name): str(value) for name, value in link.attrib.items()}
            link.attrib.clear()
            for name, value in {"hidden": "", **said}.items():  # first: the feed's layout looks for it there
                link.set(name, value)


def _gist(element: etree._Element, id: str, file: str) -> None:
    """The script draws the gist, one of its files or all; readers without scripts get the link."""
    for link in list(element.iterchildren("a")):
        if players.is_bare_url(link):
            holder = etree.Element("noscript")
            tree.replace(link, holder)
            holder.append(link)
    address = f"https://gist.github.com/{id}.js" + (f"?file={quote(file, safe='')}" if file else "")
    _put(element, etree.Element("script", src=address))


def _card(element: etree._Element, kind: str, script: str, url: str) -> None:
    """The words of the card where the source has them, else its address; a script of the provider draws it."""
    quotation = element.find("blockquote")
    if quotation is None:
        quotation = etree.Element("blockquote")
        link = element.find("a")
        shown = link if link is not None else etree.Element("a", href=url)
        if link is None:
            shown.text = url
        else:
            tree.remove(link)
        quotation.append(shown)
        _put(element, quotation)
    quotation.set("class", kind)
    quotation.set("cite", url)
    marks = {"instagram-media": "data-instgrm-permalink", "text-post-media": "data-text-post-permalink"}
    if kind in marks:
        quotation.set(marks[kind], url)
    if kind == "tiktok-embed":
        quotation.set("data-video-id", str(element.get("data-id") or ""))
    quotation.addnext(etree.Element("script", {"async": "", "src": script}))
