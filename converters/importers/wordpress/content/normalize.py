"""From WordPress's HTML to the semantic HTML of the contract: one small pass an element, over the parsed tree."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

from lxml import etree

from converters import urls
from converters.html import tree
from converters.importers.wordpress.content import code, embeds, framed
from converters.importers.wordpress.content.galleries import gallery_block

_ALIGN = frozenset({"alignleft", "alignright", "aligncenter"})
_KEPT_CLASSES = _ALIGN | {"gallery", "embed", "is-resized", "screen-reader-text", "verse"}
_NOISE = ("style", "data-id", "data-full-url", "data-link", "decoding", "loading", "fetchpriority", "srcset", "sizes")
_TEXT_ALIGN = re.compile(r"(?:^|\s)has-text-align-(center|right)(?:\s|$)|text-align:\s*(center|right)\b", re.I)
_ALIGNED = frozenset("p h1 h2 h3 h4 h5 h6 div blockquote ul ol table figcaption".split())
_NO_CLASS = _ALIGNED
_with_attributes = etree.XPath("descendant-or-self::*[@*]")
_WIDTH, _HEIGHT = re.compile(r"(?:^|;)\s*width:\s*(\d{1,5})px"), re.compile(r"(?:^|;)\s*height:\s*(\d{1,5})px")


def normalize(root: etree._Element) -> None:
    tree.unwrap_all(root, [link for link in root.iterdescendants("a") if _leads_nowhere(link)])
    empty: list[etree._Element] = []
    for element in list(root.iterdescendants(*_RULES, "p")):
        if element.getparent() is None:
            continue
        if element.tag != "p":
            _RULES[tree.name(element)](element)
        elif _is_empty_paragraph(element):
            empty.append(element)
    tree.remove_all(root, empty)
    for element in cast(list[etree._Element], _with_attributes(root)):
        _clean(element)


def _figure(element: etree._Element) -> None:
    kinds = str(element.get("class") or "").split()
    if "wp-block-gallery" in kinds:
        gallery_block(element)
    elif "wp-block-embed" in kinds or any(kind.startswith("wp-block-embed-") for kind in kinds):
        _embed_block(element, kinds)


def _embed_block(element: etree._Element, kinds: list[str]) -> None:
    """The block of an address, or of the player that a plug-in had put in its place."""
    caption = element.find("figcaption")
    frame = element.find(".//iframe")
    if frame is not None:
        address = [str(frame.get("src") or "")]
        if not embeds.provider_of(address[0])[0]:
            return
    else:
        address = "".join(str(t) for t in element.itertext() if str(t).strip().startswith("http")).strip().split()
    if not address:
        return
    words = tree.inner_html(caption) if caption is not None else ""
    provider = next((kind.removeprefix("is-provider-") for kind in kinds if kind.startswith("is-provider-")), "")
    tree.replace(element, tree.parse(embeds.embed(address[0], words, provider))[0])


def _list(element: etree._Element) -> None:
    if "blocks-gallery-grid" in str(element.get("class") or "") or "wp-block-gallery" in str(
        element.get("class") or ""
    ):
        gallery_block(element)


def _box(element: etree._Element) -> None:
    _list(element)
    framed.card(element)


def _image(element: etree._Element) -> None:
    """Old posts leave the alternative text out where they mean there is none; others name a picture in sizes only."""
    if not element.get("src") and element.get("srcset"):
        element.set("src", urls.largest(str(element.get("srcset"))))
    if element.get("alt") is None:
        element.set("alt", "")


def _is_empty_paragraph(element: etree._Element) -> bool:
    return not len(element) and not (element.text or "").strip(" \t\r\n")


def _clean(element: etree._Element) -> None:
    """Classes of themes and measures of layouts say nothing to the new site; the alignment of text does."""
    kinds = str(element.get("class") or "").split()
    style = _alignment(element, kinds) if element.tag in _ALIGNED else ""
    if element.tag == "img":
        _size(element, str(element.get("style") or ""))
    elif "wp-block-file__button" in kinds:
        style = "margin-left: 1em"  # the theme's room between a file's name and its button
    kept = [kind for kind in kinds if kind in _KEPT_CLASSES or kind.startswith("language-")]
    if element.tag == "pre":
        kept = ["verse"] if "wp-block-verse" in kinds else []
    if kept and element.tag not in _NO_CLASS:
        element.set("class", " ".join(kept))
    elif "class" in element.attrib:
        del element.attrib["class"]
    if element.get("class") == "embed":
        return
    for name in _NOISE:
        if name in element.attrib and not (name == "style" and element.tag in ("td", "th")):
            del element.attrib[name]
    if style:
        element.set("style", style)


def _alignment(element: etree._Element, kinds: list[str]) -> str:
    """The alignment of the text inside, however it is said: as a class, a style or an attribute."""
    found = _TEXT_ALIGN.search(" ".join([*kinds, str(element.get("style") or "")]))
    said = (found[1] or found[2]).lower() if found else str(element.attrib.pop("align", "")).lower()
    if element.tag == "div" and "aligncenter" in kinds:
        said = "center"
    return f"text-align: {said}" if said in ("center", "right") else ""


def _size(image: etree._Element, style: str) -> None:
    """Since WordPress 6.4 a chosen size stands in the style."""
    for name, pattern in (("width", _WIDTH), ("height", _HEIGHT)):
        if found := pattern.search(style):
            image.set(name, found[1])


def _leads_nowhere(link: etree._Element) -> bool:
    """Such a link is text: a button without an address."""
    return not any(name in link.attrib for name in ("href", "id", "name"))


_RULES: dict[str, Callable[[etree._Element], None]] = {
    **framed.RULES,
    "div": _box,
    "figure": _figure,
    "ul": _list,
    "pre": code.pre,
    "img": _image,
}
