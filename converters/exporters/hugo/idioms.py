"""Semantic HTML in Hugo's own terms: images, galleries, embeds, the summary's end. Changes a tree in place.

An image alone is Markdown. One with a caption, a place beside the text or a chosen size is Hugo's `figure`
(https://gohugo.io/shortcodes/figure/); images side by side are `figure` calls between those of `gallery`, whose
template comes with the site. What these cannot say (several images under one caption, captions of several paragraphs,
values that hold every kind of quotation mark) stays HTML.

YouTube and Vimeo have shortcodes of Hugo's own (https://gohugo.io/shortcodes/youtube/), whose templates the site has
anew; those Hugo has for X, Instagram and gists need these sites at build time or are gone, so that other players and
cards are drawn by the `embed` template that comes with the site. No URL is shown beside a player: the templates have it
as a hidden link, which the feed shows. Where there is no player, the URL is there as a link. Nothing needs a network at
build time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy

from lxml import etree

from converters.exporters.hugo import formulas, shortcode_text
from converters.exporters.site import players
from converters.exporters.site.players import DRAWN
from converters.html import tree
from converters.markdown.write.prepare import without_figure
from converters.model.notices import Log

_BUILT_IN = frozenset({"youtube", "vimeo"})
TEMPLATE = DRAWN.keys() - _BUILT_IN
"""Providers that the `embed` template draws."""
Phrases = Callable[[etree._Element], str]
"""The Markdown of what stands inside an element of phrases."""

_BLANK_LINES = re.compile(r"\n[ \t]*(?=\n)")
_SPACE = " \t\r\n"
_BLOCKS = ("p", "ul", "ol", "blockquote", "pre", "table", "figure", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr")
_LINK = frozenset({"href", "target", "rel", "title"})


def apply(root: etree._Element, phrases: Phrases, log: Log) -> None:
    """All idioms, over the whole tree. `phrases` makes Markdown of a caption."""
    formulas.apply(root)
    for element in list(root.iterdescendants("figure", etree.Comment, etree.ProcessingInstruction)):
        if element.getparent() is None or not _is_in(element, root):
            continue
        if tree.is_comment(element):
            _comment(element)
        elif element.tag == "figure":
            _figure(element, phrases, log)


def _is_in(element: etree._Element, root: etree._Element) -> bool:
    """Not part of a figure that was taken out by now."""
    return element.tag != "figure" or next(reversed([*element.iterancestors()])) is root


def _comment(element: etree._Element) -> None:
    """`<!--more-->` ends the summary (https://gohugo.io/content-management/summaries/); others mean nothing."""
    if (element.text or "").strip() == "more":
        parent = element.getparent()
        if parent is not None and parent.tag == "div" and parent.getparent() is None:
            tree.replace(element, tree.raw(shortcode_text.END_OF_SUMMARY))
            return
    tree.remove(element)


def _figure(element: etree._Element, phrases: Phrases, log: Log) -> None:
    kinds = str(element.get("class") or "").split()
    if "embed" in kinds:
        _embed(element, phrases, log)
    elif "gallery" in kinds:
        gallery(element, phrases)
    else:
        figure(element, phrases)


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
    lines.append(shortcode_text.end("gallery"))
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
    return shortcode_text.call("gallery", values)


def figure(element: etree._Element, phrases: Phrases) -> None:
    """A figure that is no gallery and no embed."""
    if without_figure(element) or element.find(".//table") is not None:
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
    return shortcode_text.call("figure", values)


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


def _embed(element: etree._Element, phrases: Phrases, log: Log) -> None:
    provider, url = str(element.get("data-provider") or ""), str(element.get("data-url") or "")
    id = str(element.get("data-id") or "")
    if provider in _BUILT_IN and players.frame_url(element):
        _video(element, provider, id, url)
        return
    drawn = provider in TEMPLATE and DRAWN[provider].fullmatch(id)
    written = _own(element, phrases) if drawn else None
    if written is None:
        if element.find("iframe") is None:  # a frame shows what it showed
            log("embed.card", url)
        as_html(element)
    else:
        tree.replace(element, tree.raw(written))


def _video(element: etree._Element, provider: str, id: str, url: str) -> None:
    """The player alone, and the caption below it.

    Its URL follows from the id; one that says more, and that a reader was shown, is there for the hidden link.
    """
    shown = any(players.is_bare_url(link) for link in element.iterchildren("a"))
    values = players.particulars(element)
    if shown and players.says_more(provider, url):
        values["url"] = url
    named = shortcode_text.call(provider, {"id": id, **values}) if values else None
    caption = element.find("figcaption")
    if caption is not None:
        caption.tag, caption.tail = "p", None
    player = tree.raw(named or shortcode_text.call(f"{provider} {id}", {}) or "")
    tree.replace(element, player, *([caption] if caption is not None else []))


def _own(element: etree._Element, phrases: Phrases) -> str | None:
    caption = element.find("figcaption")
    text = words(caption, phrases) if caption is not None else ""
    if text is None:
        return None
    values = {
        "provider": str(element.get("data-provider")),
        "url": str(element.get("data-url") or ""),
        "id": str(element.get("data-id") or ""),
        "file": str(element.get("data-file") or ""),
        "caption": text,
    }
    quotation = element.find("blockquote")
    if quotation is None:
        return shortcode_text.call("embed", values, closed=True)
    start = shortcode_text.call("embed", values)
    if start is None:
        return None
    inside = re.sub(r"\n\s*\n", "\n", tree.inner_html(quotation)).replace("{{", "&#123;{").strip()
    return f"{start}{inside}{shortcode_text.end('embed')}"
