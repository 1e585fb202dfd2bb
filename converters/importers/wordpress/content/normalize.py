"""From WordPress's HTML to the semantic HTML of the contract: one small pass an element, over the parsed tree."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from converters import tree
from converters.importers.wordpress.content import code, embeds
from converters.importers.wordpress.content.galleries import gallery_block

_ALIGN = frozenset({"alignleft", "alignright", "aligncenter"})
_KEPT_CLASSES = _ALIGN | {"gallery", "embed"}
_NOISE = ("style", "data-id", "data-full-url", "data-link", "decoding", "loading", "fetchpriority", "srcset", "sizes")
_TEXT_ALIGN = re.compile(r"has-text-align-(left|center|right)")


def normalize(root: etree._Element) -> None:
    for element in list(root.iter("*")):
        if element is root or element.getparent() is None:
            continue
        rule = _RULES.get(tree.name(element))
        if rule is not None:
            rule(element)
    for element in root.iter("*"):
        _clean(element)


def _figure(element: etree._Element) -> None:
    kinds = str(element.get("class") or "").split()
    if "wp-block-gallery" in kinds:
        gallery_block(element)
    elif "wp-block-embed" in kinds or any(kind.startswith("wp-block-embed-") for kind in kinds):
        _embed_block(element, kinds)


def _embed_block(element: etree._Element, kinds: list[str]) -> None:
    if element.find(".//iframe") is not None:
        return
    caption = element.find("figcaption")
    address = "".join(str(t) for t in element.itertext() if str(t).strip().startswith("http")).strip().split()
    if not address:
        return
    words = tree.inner_html(caption) if caption is not None else ""
    provider = next((kind.removeprefix("is-provider-") for kind in kinds if kind.startswith("is-provider-")), "")
    new = tree.parse(embeds.embed(address[0], words, provider))[0]
    tree.replace(element, new)


def _list(element: etree._Element) -> None:
    if "blocks-gallery-grid" in str(element.get("class") or "") or "wp-block-gallery" in str(
        element.get("class") or ""
    ):
        gallery_block(element)


def _image(element: etree._Element) -> None:
    """Old posts leave the alternative text out where they mean there is none."""
    if element.get("alt") is None:
        element.set("alt", "")


def _empty_paragraph(element: etree._Element) -> None:
    if not len(element) and not (element.text or "").strip(" \t\r\n"):
        tree.remove(element)


def _clean(element: etree._Element) -> None:
    """Classes of themes and measures of layouts say nothing to the new site."""
    if "class" in element.attrib:
        kept = [
            kind for kind in str(element.get("class")).split() if kind in _KEPT_CLASSES or kind.startswith("language-")
        ]
        if kept:
            element.set("class", " ".join(kept))
        else:
            del element.attrib["class"]
    if element.get("class") == "embed":
        return
    for name in _NOISE:
        if name in element.attrib and not (name == "style" and element.tag in ("td", "th")):
            del element.attrib[name]


_RULES: dict[str, Callable[[etree._Element], None]] = {
    "figure": _figure,
    "ul": _list,
    "div": _list,
    "pre": code.pre,
    "img": _image,
    "p": _empty_paragraph,
}
