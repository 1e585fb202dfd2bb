"""The size and the place an author chose for an image, however they are written: a figure's class says them.

    <img style="width:50%">, <img style="width:120px">, <img width="50%">       the block editor, HTML
    <figure class="wp-block-image size-medium"><img src="quay-300x200.jpg">     a size of the media library
    <img class="size-thumbnail wp-image-9" src="quay-150x150.jpg" width="150">  the same in the classic editor
    <img class="wp-image-9" src="quay.jpg" width="200">                         drawn smaller by hand there
    <img align="left" border="0">, <img style="float:right">                    programs for writing offline

Where a resized copy is replaced by its original, nothing else would keep a thumbnail from filling the page. `large` and
`full` are what editors write by themselves.
"""

from __future__ import annotations

import re

from lxml import etree

from converters.html import tree
from converters.importers.shared.elements import ALIGNMENTS, attribute, classes
from converters.importers.shared.styles import alignment
from converters.importers.shared.styles.declarations import declarations

_PIXELS = re.compile(r"([1-9]\d{0,4})(?:\.\d+)?px")
_PERCENT = re.compile(r"[1-9]\d?(?:\.\d+)?%")
_COPY = re.compile(r"-(\d{1,5})x(\d{1,5})\.\w{3,4}\Z")
_SIZE = re.compile(r"size-(?!full\b|large\b)[\w-]+")
_PLACES = {"left": "alignleft", "right": "alignright", "center": "aligncenter"}
_ROOM = ("border", "hspace", "vspace")
_ANY_SIZE = re.compile(r"size-[\w-]+")
_OF_LIBRARY = re.compile(r"wp-image-\d+")


def keep(image: etree._Element) -> None:
    """Say a chosen size in attributes, and by the figure around the image; one is made of a paragraph with no more.

    An image beside words keeps its class.
    """
    chosen = _measure(image)
    _place(image)
    aligned = next((name for name in classes(image) if name in ALIGNMENTS), "")
    if not chosen and not aligned:
        return
    parent = image.getparent()
    whole = image
    if parent is not None and parent.tag == "a" and len(parent) == 1 and not tree.plain_text(parent).strip():
        whole, parent = parent, parent.getparent()
    figure = next(image.iterancestors("figure"), None)
    if figure is not None:
        if chosen and next(figure.iterancestors("figure"), None) is None and len(list(figure.iter("img"))) == 1:
            figure.set("class", " ".join(dict.fromkeys([*classes(figure), "is-resized"])))
    elif parent is not None and parent.tag == "p" and _holds_only(parent, whole):
        if not aligned and alignment.take(parent) == "center":
            aligned = "aligncenter"
        parent.attrib.clear()
        parent.tag, parent.text, whole.tail = "figure", None, None
        parent.set("class", f"{aligned} is-resized".strip() if chosen else aligned)
        image.set("class", " ".join(name for name in classes(image) if name not in ALIGNMENTS))


def _place(image: etree._Element) -> None:
    """A place that an attribute or a style says, as the class that says it elsewhere."""
    said = declarations(attribute(image, "style"))
    written = str(image.attrib.pop("align", "")).strip().lower()
    place = _PLACES.get(written, "") or _PLACES.get(said.get("float", ""), "")
    for name in _ROOM:
        image.attrib.pop(name, "")
    if not place and said.get("display") == "block" and said.get("margin-left") == said.get("margin-right") == "auto":
        place = "aligncenter"
    holder = next(image.iterancestors("figure"), image)
    if place and ALIGNMENTS.isdisjoint(classes(holder)) and (holder is image or len(list(holder.iter("img"))) == 1):
        holder.set("class", " ".join([*classes(holder), place]))


def _holds_only(paragraph: etree._Element, child: etree._Element) -> bool:
    beside = (paragraph.text or "") + (child.tail or "")
    return len(paragraph) == 1 and not beside.strip() and not paragraph.get("id")


def _measure(image: etree._Element) -> bool:
    """Set `width` and `height` to what was chosen; False where nothing was."""
    said = declarations(attribute(image, "style"))
    width = said.get("width", "") or said.get("max-width", "")
    if _PERCENT.fullmatch(width):
        image.set("width", width)
        image.attrib.pop("height", "")
        return True
    if found := _PIXELS.fullmatch(width):
        image.set("width", found[1])
        image.attrib.pop("height", "")
        if height := _PIXELS.fullmatch(said.get("height", "")):
            image.set("height", height[1])
        return True
    return _named(image)


def _named(image: etree._Element) -> bool:
    """The same for attributes and classes."""
    width, kinds = attribute(image, "width"), classes(image)
    if _PERCENT.fullmatch(width):
        image.attrib.pop("height", "")
        return True
    copy = _COPY.search(attribute(image, "src"))
    figure = next(image.iterancestors("figure"), None)
    around = kinds if figure is None else [*kinds, *classes(figure)]
    if any(_SIZE.fullmatch(kind) for kind in around):
        if not width.isdecimal() and copy is not None:
            image.set("width", copy[1])
            image.set("height", copy[2])
        return attribute(image, "width").isdecimal()
    by_hand = any(map(_OF_LIBRARY.fullmatch, kinds)) and not any(map(_ANY_SIZE.fullmatch, around))
    return by_hand and width.isdecimal() and copy is None and figure is None
