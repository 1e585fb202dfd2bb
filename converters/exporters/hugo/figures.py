"""Pictures and galleries in Hugo's terms.

A picture alone is Markdown. One with a caption, a place beside the text or a chosen size is Hugo's `figure`
(https://gohugo.io/shortcodes/figure/); pictures side by side are `figure` calls between those of `gallery`, whose
template comes with the site. What these cannot say (several pictures under one caption, captions of several paragraphs,
values that hold every kind of quotation mark) stays HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy

from lxml import etree

from converters.exporters.hugo import arguments
from converters.html import tree
from converters.markdown.write.figures import without_figure

Phrases = Callable[[etree._Element], str]
"""The Markdown of what stands inside an element of phrases."""

_BLANK_LINES = re.compile(r"\n[ \t]*(?=\n)")
_SPACE = " \t\r\n"
_BLOCKS = ("p", "ul", "ol", "blockquote", "pre", "table", "figure", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr")
_LINK = frozenset({"href", "target", "rel", "title"})


def as_html(element: etree._Element) -> None:
    """The element as one HTML block: without blank lines, which would end it in Markdown."""
    html = tree.serialize(element)
    tree.replace(element, tree.raw(_BLANK_LINES.sub("", html)))


def gallery(element: etree._Element, phrases: Phrases) -> None:
    """Calls between the tags of the gallery; in a list where the source had one."""
    listed = element.find("ul")
    box = element if listed is None else listed
    figures = [child for child in box if child.tag != "figcaption"]
    calls = [_item(child, phrases) if child.tag == "li" else call(child, phrases) for child in figures]
    texts = [element.text, box.text, *(child.tail for child in box)]
    lines = [_gallery_start(element, phrases), *calls]
    if not calls or None in lines or any((text or "").strip(_SPACE) for text in texts) or _holds_more(element, box):
        as_html(element)
        return
    if listed is not None:
        lines[1:] = ["<ul>", *calls, "</ul>"]
    lines.append(arguments.end("gallery"))
    tree.replace(element, tree.raw("\n".join(line for line in lines if line)))


def _item(item: etree._Element, phrases: Phrases) -> str | None:
    if len(item) != 1 or (item.text or "").strip(_SPACE) or (item[0].tail or "").strip(_SPACE):
        return None
    written = call(item[0], phrases) if item[0].tag == "figure" else None
    return written and f"<li>{written}</li>"


def _holds_more(gallery: etree._Element, box: etree._Element) -> bool:
    return any(child is not box and child.tag != "figcaption" for child in gallery) if box is not gallery else False


def _gallery_start(element: etree._Element, phrases: Phrases) -> str | None:
    captions = element.findall("figcaption")
    caption = words(captions[0], phrases) if len(captions) == 1 else ""
    if caption is None or len(captions) > 1:
        return None
    values = {
        "columns": str(element.get("data-columns") or ""),
        "layout": str(element.get("data-type") or ""),
        "caption": caption,
    }
    return arguments.call("gallery", values)


def figure(element: etree._Element, phrases: Phrases) -> None:
    """A figure that is no gallery and no embed."""
    if without_figure(element):
        return
    written = call(element, phrases)
    if written is None:
        as_html(element)
    else:
        tree.replace(element, tree.raw(written))


def call(element: etree._Element, phrases: Phrases) -> str | None:
    """The `figure` call for a figure of one picture; None for any other figure."""
    image, link = _picture(element) if element.tag == "figure" else (None, None)
    caption = element.find("figcaption")
    if image is None or (caption is not None and not _is_last(caption)) or not image.get("src"):
        return None
    text = words(caption, phrases) if caption is not None else ""
    if text is None or (link is not None and not _LINK.issuperset(str(name) for name in link.attrib)):
        return None
    kinds = str(element.get("class") or "").split()
    sized = "is-resized" in kinds
    values = {
        "src": str(image.get("src") or ""),
        "alt": " ".join(str(image.get("alt") or "").split()),
        "link": str(link.get("href") or "") if link is not None else "",
        "target": str(link.get("target") or "") if link is not None else "",
        "rel": str(link.get("rel") or "") if link is not None else "",
        "caption": text,
        "class": " ".join(kind for kind in kinds if kind.startswith("align")),
        "width": str(image.get("width") or "") if sized else "",
        "height": str(image.get("height") or "") if sized else "",
    }
    return arguments.call("figure", values)


def words(caption: etree._Element, phrases: Phrases) -> str | None:
    """A caption on one line of Markdown; None for one that has blocks."""
    if next(caption.iter(*_BLOCKS, tree.RAW), None) is not None:
        return None
    if len(caption):
        caption = deepcopy(caption)
    for line_break in list(caption.iter("br")):
        tree.replace(line_break, tree.raw("<br>", display="inline"))
    return phrases(caption).strip().replace("\n", " ")


def _picture(element: etree._Element) -> tuple[etree._Element | None, etree._Element | None]:
    """(picture, link around it) of a figure that holds one picture and a caption at most."""
    inside = [child for child in element if child.tag != "figcaption"]
    texts = [element.text, *(child.tail for child in element)]
    if len(inside) != 1 or any((text or "").strip(_SPACE) for text in texts):
        return None, None
    first = inside[0]
    if first.tag == "img":
        return first, None
    bare = not (first.text or "").strip(_SPACE) and len(first) == 1 and not (first[0].tail or "").strip(_SPACE)
    if first.tag == "a" and bare and first[0].tag == "img":
        return first[0], first
    return None, None


def _is_last(caption: etree._Element) -> bool:
    return caption.getnext() is None
