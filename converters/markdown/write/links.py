"""Links and images, with any address."""

from __future__ import annotations

import re

from lxml import etree

from converters.markdown.write import escape, rawhtml
from converters.markdown.write.line import Place, folded
from converters.markdown.write.tokens import Piece, Span

_AUTOLINK = re.compile(r"(?:https?|ftp)://[\w./?=%#@:;,+!~-]+")
_SAFE_ADDRESS = re.compile(r"[\w./?=%#@:;,+!~&*'$-]*", re.A)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PIXELS = re.compile(r"[1-9][0-9]{0,4}")
_SOURCE, _SOURCE_AND_TEXT = frozenset({"src"}), frozenset({"src", "alt"})
_PLAIN_IMAGE = frozenset({"src", "alt", "title", "width", "height", "class", "style", "border", "id"})


def link(element: etree._Element, place: Place) -> Span | Piece | None:
    """The span of a link, an autolink as a whole, or None for one that has to stay HTML."""
    href = element.get("href")
    if href is None or "download" in element.attrib or (place.anchors and _is_anchor(element, place)):
        return None  # Markdown has no word for a link that saves its target
    url, title = str(href), element.get("title")
    if "`" in url or next(element.iterancestors("a"), None) is not None:
        return None  # one in another, which a table between them makes possible, would be the only one
    if not len(element):
        text = element.text or ""
        if not text.strip() and not _SAFE_ADDRESS.fullmatch(url):
            return None
        if not title and (found := _autolink(text, url, place)):
            return found
    return Span("link", "[", f"]{_target(url, str(title or ''), place)}")


def _is_anchor(element: etree._Element, place: Place) -> bool:
    return element.get("id") in place.anchors or element.get("name") in place.anchors


def _autolink(text: str, url: str, place: Place) -> Piece | None:
    if text == url:
        return Piece(f"<{url}>") if _AUTOLINK.fullmatch(url) else None
    if url == "mailto:" + text and _MAIL.fullmatch(text) and (place.dialect.html_blocks or "+" not in text):
        return Piece(f"<{text}>")
    return None


def _target(url: str, title: str, place: Place) -> str:
    target, words = escape.destination(url, escapes=place.dialect.html_blocks), escape.title(title)
    if place.dialect.attributes:  # a `|` in a link, too, would begin a table
        target, words = target.replace("|", "%7C"), escape.title_in_entities(title)
    if title:
        target = (target or "<>") + words
    if place.table:
        target = target.replace("|", "%7C" if not title else "\\|")
    if place.references is None:
        return f"({target})"
    label = place.references.setdefault(target, f"link-{len(place.references) + 1}")
    return f"[{label}]"


def image(element: etree._Element, place: Place) -> str:
    """The image as Markdown, or as HTML when it has what Markdown has no place for."""
    needed = _SOURCE if place.dialect.images_without_alt else _SOURCE_AND_TEXT
    attributes = set(element.keys())
    if not needed <= attributes <= _PLAIN_IMAGE or "align" in str(element.get("class") or ""):
        return rawhtml.inline(element)
    words = str(element.get("alt") or "")
    if place.dialect.busy.search(words):
        words = folded(words)
        around = escape.Surroundings(
            words, emphasis=True, code=True, table=place.table, heading=place.heading, lines=False
        )
        words = escape.escape(words, around, place.dialect, before="[", after="]", link=True)
        if place.dialect.attributes:
            words = words.replace("\\~", "~")  # which kramdown shows with its backslash here
    target = _target(str(element.get("src")), str(element.get("title") or ""), place)
    return f"![{words}]{target}{_size(element) if place.dialect.attributes and not place.heading else ''}"


def _size(image: etree._Element) -> str:
    """Width and height as kramdown's list of attributes: https://kramdown.gettalong.org/syntax.html#span-ials

    Not in headings, whose ids kramdown makes of all that stands in them.
    """
    sizes = ((name, str(image.get(name) or "")) for name in ("width", "height"))
    said = [f'{name}="{value}"' for name, value in sizes if _PIXELS.fullmatch(value)]
    return f"{{: {' '.join(said)}}}" if said else ""
